worklist-figures = Number of tasks by time limit
worklist-whose = Whose tasks
worklist-mine = Mine
worklist-unit = The whole unit
worklist-province = The whole province
worklist-others = Waiting for others
worklist-others-short = Waiting for others
worklist-shown = { $shown } of { $total } tasks are shown.
worklist-empty = Nothing is waiting
worklist-empty-text = When there is a new report, or a step of the procedure falls to your role, the task appears here with its time limit. What others have to do stands under “Waiting for others”.
worklist-none-found = No task matches
worklist-none-found-text = Remove a filter to see more.

group-at-once = At once
group-overdue = Overdue
group-today = Today
group-this-week = This week
group-later = Later
group-no-limit = No time limit in law

filter-title = Search and filter
filter-text = Name of the child or case number
filter-text-hint = With or without marks.
filter-text-is = Contains “{ $text }”
filter-step = Step
filter-group = Time limit
filter-commune = Commune
filter-emergency = Emergencies only
filter-overdue = Only with something overdue
filter-any = All
filter-apply = Filter
filter-remove = Remove filter
filter-drop-all = Remove all filters
pages = Pages
page-next = Next page
page-first = Back to the first page

waits-for = Has to act: { $who }
due-at-once = At once · waiting for { $time }
bound-ahead = Time to mind: { $due }
bound-passed = Time to mind passed { $time } ago

home-title = Your page
home-administrator = An administrator neither reads nor writes cases of children. Accounts are created, closed and reset on the server with the command “noi user”.
home-analyst = This account does not read single cases. Figures will appear here once the statistics are in place.
