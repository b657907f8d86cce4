conflict-heading = The case was changed while you were writing
conflict-lead = Nothing of yours was recorded, and nothing is lost. Look at what was recorded, then choose.
conflict-title = Conflict: { $act }
conflict-theirs = Recorded meanwhile
conflict-count = { $count } new { $count ->
        [one] record
       *[other] records
    }
conflict-mine = What you were writing
conflict-keep = Keep mine and record it
conflict-drop = Drop mine
conflict-look = Look at the form again
