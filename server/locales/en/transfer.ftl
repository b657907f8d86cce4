# The acts
act-transfer-case = Transfer the case
act-transfer-case-title = Offer the case to another commune
act-transfer-case-why = The commune of the incident receives and assesses; that of residence plans and helps. The law sets no form and no time for the hand-over.
act-transfer-case-send = Send the offer
act-transfer-case-done = The case was offered. Until there is an answer, your commune stays responsible.
act-accept-transfer = Take the case
act-accept-transfer-title = Take the case that was offered
act-accept-transfer-why = By taking it your commune becomes responsible for the child from now on. Nothing has to be filled in.
act-accept-transfer-send = Take the case
act-accept-transfer-done = The case was taken. Your commune is responsible from now on.
act-decline-transfer = Decline the case
act-decline-transfer-title = Decline the case that was offered
act-decline-transfer-why = Answer soon and say why, so that the giver knows that it stays responsible.
act-decline-transfer-send = Decline
act-decline-transfer-done = It was recorded that the case is not taken. The giver stays responsible.
act-withdraw-transfer = Withdraw the offer
act-withdraw-transfer-title = Withdraw the offered transfer
act-withdraw-transfer-why = For example it went to the wrong commune, or the child is no longer there. Your commune keeps the case.
act-withdraw-transfer-send = Withdraw
act-withdraw-transfer-done = The offer was withdrawn.

# The forms
transfer-intro = Your commune stays responsible until the other one accepts. If the child is in danger, call the other commune now; do not only send this.
transfer-to = Which commune is asked to take the case?
transfer-to-hint = Usually where the child lives. Type the name and choose from the list.
transfer-reason = Why is it handed over?
transfer-reason-hint = For example: the child lives there and was only harmed here. Also say what is under way.
transfer-respond-by = An answer is wanted by
transfer-respond-by-hint = The law sets no time; this date is your own request.
transfer-from = Offered by
transfer-to-unit = Offered to
transfer-offered-at = Offered at
transfer-reason-short = Reason
transfer-answer-by = Answer wanted by
decline-transfer-reason = Why is it not taken?
decline-transfer-reason-hint = For example: the child does not live here. If you know where, say so.
withdraw-transfer-reason = Why is it withdrawn?
withdraw-transfer-reason-hint = One sentence is enough, for example: the wrong commune.
unit-other = Another unit
unit-other-which = Which other unit?

# The case page
transfer-waits = Offered to { $to } at { $at }; until there is an answer, { $from } stays responsible.
worklist-unconfirmed = A correction that would make it punctual waits for a second person; it counts as late.
worklist-climbed = Not answered, passed to the next level.
standard-of-unit = A standard of the unit, not a limit of the law: by { $at } ({ $title }, { $unit }).
climbs-to = If there is no answer by { $at }, { $who } is told.
climbed-to = Not answered, passed to the next level: { $who }, since { $at }.
transfer-waits-title = A transfer is waiting
transfer-waits-reason = Reason: { $reason }
transfer-waits-by = An answer is wanted by { $by }.

event-CaseTransferred = Offered the case to { $value }
event-TransferAccepted = { $value } took the case
event-TransferDeclined = { $value } did not take the case
event-TransferWithdrawn = Withdrew the offered transfer
kind-transfer = Transfers
event-DueDatesMoved = The calendar changed; due dates were counted anew
field-calendar-before = Calendar before
field-calendar-now = Calendar now
field-days = Days that changed
field-moved = Due dates counted anew
field-from-unit = From
