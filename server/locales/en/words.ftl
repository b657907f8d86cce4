weekday-mon = Monday
weekday-tue = Tuesday
weekday-wed = Wednesday
weekday-thu = Thursday
weekday-fri = Friday
weekday-sat = Saturday
weekday-sun = Sunday

duration-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
duration-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
duration-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
duration-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}

both-clocks = happened { $occurred } · recorded { $recorded } ({ $lag } later)

due-overdue = Overdue by { $time }
due-today = Today, before { $until }
due-left = { $time } left
due-working-days = { $count ->
    [one] { $count } working day left
   *[other] { $count } working days left
}
due-no-working-days = No working day left
due-before = { $left } · before { $until } { $day }
due-no-limit = No time limit in law · waiting for { $time }
due-late-by = Late by { $time }
