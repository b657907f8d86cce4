nav-cases = Cases
cases-filter-title = Search and filter cases
cases-find = Find
cases-child = Child
cases-stage = Stage
cases-status = Status
cases-harm = Form of harm
cases-holder = Commune responsible
cases-received = received
cases-due = Next due
cases-shown-more = { $shown } cases are shown, the newest first; many more have this word. Add a word to narrow the search.
cases-shown = { $total ->
    [one] { $shown } of { $total } case is shown.
   *[other] { $shown } of { $total } cases are shown, the newest first.
}
cases-empty = There is no case yet
cases-empty-text = Cases of your unit appear here when a report is received or passed on.
cases-none-found = No case was found
cases-none-found-text = Type less, or remove a filter. Only cases that your unit may see are searched.

stage-received = Received, not assessed
stage-initially-assessed = Initially assessed
stage-assessed = Assessed in detail
stage-plan-submitted = Plan awaits approval
stage-plan-approved = Plan being carried out
stage-reviewed = Reviewed, closing awaited
stage-closed = Closed
status-open = Open
status-closed = Closed
filter-people-hint = With or without marks; former names, parents and carers, telephones of the family are found, too.
