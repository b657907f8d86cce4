act-answer-contradiction = Give the reason
act-answer-contradiction-title = Give the reason for a contradiction
act-answer-contradiction-why = Two things in the record speak against each other, and one lowers the protection of the child. Look again, then say why the answer stands.
act-answer-contradiction-send = Record the reason
act-answer-contradiction-done = The reason was recorded.
event-ContradictionAnswered = Reason given for a contradiction: { $value }
contradiction-internal = The system asks this by a rule of its own; no law asks it. It computes no level: the word of the officer stands, with its reason.
contradiction-which = Which one?
contradiction-answer = Why is the answer right?
contradiction-answer-hint = If it is not right, give no reason: assess again or correct it.
contradiction-said = Recorded
contradiction-when = When
contradiction-against = Spoken against by
contradiction-reason = The reason, where the answer speaks against something else in the record
contradiction-reason-initial-hint = For example “not serious” although a place of receipt saw danger. It can follow later; until then the chair sees the contradiction as open.
contradiction-reason-review-hint = For example “no longer at risk” although the table shows high harm, an item failed, or the child is separated.
contradiction-reason-closing-hint = What speaks against closing stands beside the form. Say why the case is closed nevertheless.
when-contradicted = (where the answer speaks against something else in the record)
contradictions-title = Contradictions that need a reason
contradictions-open = { $count ->
    [one] 1 contradiction waits for a reason
   *[other] { $count } contradictions wait for a reason
}
contradiction-asks = { $who } is asked
contradiction-answered = Answered { $at }
