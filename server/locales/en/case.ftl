case-bar = The case in view
case-aside = Here stands only what concerns your agency; others record more in this case.
case-parts = Parts of the case
held-by = Commune responsible for the case: { $who }
child-unnamed = Child of unknown name
child-sex-male = male
child-sex-female = female
child-sex-unknown = sex unknown
age = { $years ->
    [one] { $years } year
   *[other] { $years } years
}
age-about = { $years ->
    [one] about { $years } year
   *[other] about { $years } years
}
age-unknown = age unknown
money = { $amount } dong
yes = Yes
no = No
value-none = (empty)
value-unknown = Not known
value-erased = (erased)
value-before = before
value-now = now
tag-closed = Closed
tag-corrected = Corrected
printed-by = Case { $number } · printed by { $who } · { $at }
case-closed-only = The case was closed { $at }.
case-closed = The case was closed { $at }: { $reason }.
case-recorded-twice = The other case: { $number }.

next-title = What comes next
next-none-aside = Nothing in this case waits for your agency now.
next-none = Nothing of the procedure is waiting now. When something new comes in or a step falls due, it appears here.
other-acts = Record something else
due-how = How this was counted
rule-hours = { $amount ->
    [one] { $amount } hour
   *[other] { $amount } hours
} on the clock, nights and holidays included, from { $from }. Ends { $due }.
rule-working-days = { $amount ->
    [one] { $amount } working day
   *[other] { $amount } working days
} from { $from } (that day is not counted). Ends { $due }.
rule-calendar-days = { $amount ->
    [one] { $amount } day
   *[other] { $amount } days
} from { $from } (that day is not counted). Ends { $due }.
rule-months = { $amount ->
    [one] { $amount } month
   *[other] { $amount } months
} from { $from }. Ends { $due }.
rule-until = Ends { $due }.
rule-at-once = The law says “at once”, without a number.
rule-none = The law sets no number for this step.
day-counted = day { $n }

progress = Progress
progress-summary = { $done } of { $all } steps done
round = round { $n }
step-later = Not yet
step-now = To be done
step-done = Done { $at }
step-items = { $done } of { $all } items done

tab-summary = Summary
tab-plan = Plan
tab-people = People
tab-documents = Documents
tab-timeline = Timeline
section-child = The child
section-report = Reports
section-initial = Initial assessment (form 02)
section-emergency = Emergency measures
section-separation = Temporary separation (form 07)
section-court = Court
section-detailed = Detailed assessment (form 03)
section-meeting = Case meeting
section-review = Review (form 06)
section-closing = Closing, reopening, archiving
section-plan = Support and intervention plan
section-referrals = Referrals
section-visits = Visits
section-officers = Officers in charge
section-family = Family and carers
section-harmer = Who is suspected
section-informant = Who told
section-agencies = Agencies and people who took part
section-documents = Documents of the file
plan-none = There is no plan yet. It is drafted after the detailed assessment and the meeting.
plan-state = State of the plan
plan-submitted = Submitted, awaits the chair
plan-returned = Returned
plan-approved = Approved, in force
plan-round = Round
plan-submitted-at = Submitted
plan-approved-at = Approved
plan-returned-because = Why it was returned
plan-cost = Estimated cost in all
plan-items = Items of the plan
plan-dates = Dates
plan-item-state = State
plan-item-planned = Not begun
plan-item-started = Under way
plan-item-completed = Completed
plan-item-failed = Could not be done
referrals-none = The child was not referred yet.
referral-made = Referred { $at }
referral-respond-by = Answer asked for by { $at }
referral-offered = Awaits an answer
referral-accepted = Accepted
referral-declined = Declined
referral-completed = Completed
visits-none = No visit was recorded yet.
officers-none = Nobody was put in charge yet. The chair does that; until then the commune's officer is responsible.
since = since { $at }
last-acted = last on { $at }
family-none = Nothing was recorded about the family.
informant-none = Who told is not recorded. That is done only with their consent.
documents-none = There is no document yet. Decisions, minutes and medical papers appear here when attached.
separation-days = Days of separation
separation-used = { $used } of 15 days
separation-required = { $used } days, going on as a competent authority requires
separation-until = In force until the end of
separation-last-day = Last of the 15 days
separation-lifted = Ended

by-hotline-operator = Hotline 111
by-commune-officer = Commune officer
by-commune-chair = Commune chair
by-police-officer = Police
by-health-worker = Health
by-education-worker = Education
by-legal-aid-worker = Legal aid
by-prosecutor = Prosecution
by-court-clerk = Court
by-provider-worker = Service provider
by-provincial-officer = Provincial officer
by-inspector = Inspector
by-analyst = Analyst
by-administrator = Administrator
by-system = The system

act-receive-report = Record a report
act-forward-report = Pass to the commune
act-acknowledge-report = Acknowledge
act-record-verification = Record verification
act-record-initial-assessment = Assess (form 02)
act-apply-emergency-measure = Record emergency measure
act-order-separation = Order separation
act-extend-separation = Extend separation
act-lift-separation = End separation
act-request-court-order = Ask the court
act-record-court-decision = Record court decision
act-record-detailed-assessment = Assess in detail
act-hold-case-meeting = Record the meeting
act-submit-plan = Draft and submit plan
act-return-plan = Return the plan
act-approve-plan = Approve the plan
act-adjust-plan = Adjust the plan
act-start-service = Start
act-record-service-progress = Note progress
act-complete-service = Record completion
act-fail-service = Could not be done
act-refer = Refer to a service
act-accept-referral = Accept referral
act-decline-referral = Decline referral
act-complete-referral = Record completion
act-record-visit = Record a visit
act-review-plan = Review the plan
act-close-case = Close the case
act-reopen-case = Reopen the case
act-archive-case = Archive the file
act-pass-competence = Pass competence to the successor
act-assign-officer = Put an officer in charge
act-relieve-officer = Relieve an officer
act-add-note = Add a note
act-attach-document = Attach a document
act-correct = Correct
unit-now = { $name } (now: { $now })
field-passed-from = Old unit
field-passed-to = Successor
field-legal-act = Legal act
field-effective = In force from
next-none-own = You have nothing to do in this case.
next-elsewhere = Waits for others
interpretation = How the law is read here:
interpretation-reason = Reason:
thing-item = an item of the plan
thing-referral = a service
thing-exam = an examination
thing-placement = the carer
thing-officer = an officer whose name is not known
thing-document = a document whose name was erased
thing-unsaid = not said
field-responsible-commune = Commune responsible for the case
referral-withdrawn = Withdrawn
ended-title = Case { $number }
ended-offer-declined = Your unit did not take this case ({ $at }).
ended-offer-withdrawn = The offer of this case to your unit was withdrawn ({ $at }).
ended-referral-declined = Your agency did not accept the referral in this case ({ $at }).
ended-referral-over = The referral to your agency has ended ({ $at }).
ended-answer = Your answer
ended-nothing-more = Your part in this case has ended, so the record is not shown here any more. If you learn that the child is in new danger, tell of it at once: it becomes a report of this case.
act-tell-of-danger = Tell of new danger
case-left = The part of your unit ended on { $at }. This page shows the record as it stood then.
case-left-seated = Your commune gave the case away on { $at }. This page shows the record as it stood then, and what has concerned the place of the incident since.
owed-also = { $who }, or { $other }
waited-for = Had to wait for “{ $step }” ({ $who }) until { $until }
waits-for-step = Waits for “{ $step }” ({ $who })
