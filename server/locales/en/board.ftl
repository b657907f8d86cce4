tab-responsibility = Responsibility

board-at = Look at (time in Viet Nam)
board-look = Look
board-bad-at = This time cannot be read. Write day and time, for example 2024-02-08T09:00.
board-bad-period = This period cannot be read. The first day comes before the last, for example 2024-02-01 and 2024-02-29.
board-previous = Previous event
board-next = Next event
board-first = No event before that
board-newest = No event after that
board-more = What counts, and the period
board-basis = At that time, count
board-basis-happened = what had happened (as is known now, also what was recorded or corrected later)
board-basis-recorded = only what had been recorded
board-period = Period of the drawing
board-period-from = From
board-period-to = To the end of
board-period-whole = The whole case
board-period-week = A week around the line
board-period-month = A month around the line
board-period-half-year = Half a year around the line

board-nothing-yet = At this time nobody had been told. The first report was received { $at }.
board-nothing-recorded = At this time nothing had been recorded. The first recording is of { $at }.
board-held = { $unit } held the case and answered for it, since { $from } (for { $time }).
board-held-elsewhere = { $unit } had the report, since { $from } (for { $time }). The commune that answers for the case: { $answers }.
board-kept = The case had been closed { $from }. { $unit } keeps the file.
board-by-event = By the event
board-owed-none = Nothing was open.
board-owed = { $open } open, none of them overdue.
board-owed-overdue = { $open } open, { $overdue } of them overdue.
board-owed-by = Owed by
board-open-since = Open since { $from }, for { $time }
board-not-answered = Handed over, not answered yet
board-was-handed-over = A hand-over between two agencies
board-last-happened = The last event before that
board-last-recorded = The last recording before that

board-chart-title = Who was responsible, over time
board-chart = Time axis: who held the case, and what each agency owed
board-skip-chart = Skip the drawing, go to the tables with the same content
board-slider = Move the line, also with the arrow keys
board-slider-failed = This could not be loaded; use the date and time above.
board-holders = Who held the case
board-now = Now
board-bar-held = { $unit }
board-bar-elsewhere = { $unit } (answering commune: { $answers })
board-bar-kept = { $unit } (closed, keeps the file)
board-from-to = { $from } to { $to }
board-from = since { $from }
board-since = since { $from }
board-points = { $count ->
    [one] { $count } recording
   *[other] { $count } recordings
}, from { $at }
board-corrected = In time only after a correction (first recorded as late)
board-waived-late = Fell away, late by { $time }: { $why }
board-late-under = When its time passed it was owed by { $who }; whoever took it over later does not count as late
board-unconfirmed = A correction that would make it punctual waits for a second person ({ $who }); until then it counts as late
board-also = May do it as well: { $who }
board-done = Done
board-legend = Legend
board-legend-done = done
board-legend-open = open
board-legend-late = line: limit; striped: after the limit
board-legend-hand-over = handed over, waits for the answer of another
board-legend-waived = does not apply any more
board-legend-points = event: recorded within a day, more than a day later, with a correction

board-tables = The same as tables
board-shown = { $shown ->
    [one] { $shown } obligation
   *[other] { $shown } obligations
} in this period, of { $total } in the whole case.
board-group = { $count ->
    [one] { $count } obligation
   *[other] { $count } obligations
}: { $open } open ({ $overdue } overdue), { $late } met late, { $waived_late } fell away late, { $corrected } in time only after a correction
board-unit = Unit
board-from-label = From
board-to-label = To
board-until-now = until now
board-length = Lasted
board-event = Event
board-step = Step
board-state = State
board-opened = Arose
board-ended = Ended
board-not-ended = not ended
board-limit = Limit
board-no-limit = none in law
board-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
board-working-days = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
board-calendar-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
board-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
board-recordings = What was recorded
board-recorded-shown = What was recorded: the newest { $shown } of { $period } events of this period ({ $total } in the whole case)
board-occurred = Happened
board-recorded = Recorded
board-lag = Recorded after
board-at-once = at once
board-recorded-by = By
