nav-succession = Successions
succession-title = Competence that passes when units end
succession-counts = { $cases } open cases were looked at: { $clear } have a clear successor, for { $divided } a person has to choose.
succession-empty = Nothing is owed by a unit that has ended
succession-empty-text = When units are merged or divided, the open cases of the old units stand here.
succession-clear = With a clear successor
succession-pass-all = Pass all clear ones on
succession-divided = Units that were divided
succession-divided-text = Nothing is guessed. Choose the unit in which the place of the case, or the child's residence, lies.
succession-which = Who takes over from
succession-ended = until { $date }
succession-choose = Pass this case on
succession-caption = Old units and their successors
succession-from = Old unit
succession-to = Successor
succession-act = Act
succession-which-cases = Cases
succession-cases = { $count ->
    [one] { $count } case
   *[other] { $count } cases
}
succession-confirm = Look once more before passing on
succession-confirm-lead = { $clear ->
    [one] One hand-over will be recorded, as an event of its case.
   *[other] { $clear } hand-overs will be recorded, each as an event of its case.
}
succession-confirm-text = What is open goes to the successor, with the day on which it arose and its limit unchanged. What the old unit did stays under its name.
succession-confirm-send = Pass { $clear } on
succession-back = Back to the list
succession-done = { $done } passed on. Had passed before: { $before }. Refused: { $refused }.
succession-chosen = Case { $number } passed to { $to }.
succession-passed-before = This had passed on before.
succession-none-chosen = No unit was chosen for case { $number }. Choose one and press again.
