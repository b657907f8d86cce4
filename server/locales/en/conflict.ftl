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
too-late-heading = This came too late and was not recorded
too-late-you = Yourself
too-late-declined = The offer to hand this case over was declined. Recorded by: { $who }.
too-late-withdrawn = The offer to hand this case over was withdrawn. Recorded by: { $who }.
too-late-otherwise = The offer stands no more because something else was recorded in the case. Recorded by: { $who }.
too-late-not-kept = What you entered just now was not kept. You can no longer see this case.
too-late-mistake = If this is a mistake, tell the unit that offered the case at once. If the child is in danger, protect the child first, call 111 or 113.
