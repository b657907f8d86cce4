# Since you last looked
news-title = { $count ->
    [one] 1 new entry
   *[other] { $count } new entries
} since you last looked ({ $at })
news-clocks = happened { $occurred } · recorded { $recorded }
news-late = Recorded { $lag } after it happened
news-more = See all { $count } new entries in the timeline
tag-news = New

# Notices
notices = Notices
notices-unread = Unread
notices-read = Read
notices-read-all = Mark all as read
notices-read-one = Mark as read
notices-case = Case
notices-sent = Sent { $at }.
notices-shown = Showing { $shown } of { $total } notices, unread first.
notices-empty = No notices yet
notices-empty-text = When a step of yours is due soon or overdue, when somebody waits for your answer or has answered you, a notice will stand here.
notices-reminders = Reminders by calendar and mail
notice-due-soon = Due soon: { $step }
notice-overdue = Overdue: { $step }
notice-bound-soon = Best done soon: { $step }
notice-bound-passed = Not done, and the time to mind has passed: { $step }
notice-offered-to-you = Waits for your answer: { $step }
notice-corrected = A correction changed whether it was in time: { $step }
notice-answered = Answered: { $step }
bell-unread = { $count ->
    [one] 1 unread notice
   *[other] { $count } unread notices
}

# Reminders beside the pages
reminders = Reminders
reminders-lead = Notices always stand in the system. Here you can also get them in the calendar of your phone and by mail. They hold case number, step and time only, no names of people or places.
reminders-calendar = Calendar
reminders-calendar-text = Add this secret address to your calendar application (subscribe by address): every step of yours that has a time limit or a time to mind appears there. Whoever has the address can read it, so do not pass it on. Make a new one where others may know it; it also ends when the password of the account is reset.
reminders-calendar-make = Make a calendar address
reminders-calendar-again = Make a new address, drop the old one
reminders-calendar-revoke = Drop the calendar address
reminders-calendar-made = There is a calendar address, made { $at }.
reminders-calendar-revoked = The calendar address no longer works.
reminders-address = Your calendar address
reminders-address-once = Copy it now: it is shown this once.
reminders-mail = Mail
reminders-mail-text = Unread notices are sent together in one mail.
reminders-mail-off = This server is not connected to a mail server yet, so no mails are sent.
reminders-mail-label = Mail address
reminders-mail-hint = For example lan.nguyen@quangbinh.gov.vn. Leave empty to get no mail.
reminders-mail-wrong = This is not a mail address. Check it, for example whether the @ is missing.
reminders-mail-save = Save mail address
reminders-mail-set = The mail address is saved. New notices go there from now on.
reminders-mail-removed = No more mails will be sent.
calendar-to-mind = time to mind
calendar-name = Nôi – steps with a time limit
mail-subject = Nôi: { $count ->
    [one] 1 new notice
   *[other] { $count } new notices
}
mail-intro = The Nôi system has something for you to look at:
mail-end = Sign in to see the cases. This mail was sent automatically; please do not reply.
notices-from = Recorded by { $who }
