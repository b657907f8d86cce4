harm-violence = Violence
harm-exploitation = Exploitation
harm-sexual = Sexual abuse
harm-trafficking = Trafficking
harm-abandonment = Abandonment
harm-neglect = Neglect
harm-other = Other

harm-subtype-indecent-acts = indecent acts

harm-category-abused = abused
harm-category-at-risk = at risk
harm-category-special-circumstances = special circumstances

channel-phone = Phone
channel-in-person = In person
channel-third-party = Through somebody else
channel-other-person = Through somebody else
channel-online = Online
channel-internet = Online
channel-letter = Letter
channel-other = Other
channel-application = Written application
channel-email = E-mail
channel-message = Message
channel-media = Press and media
channel-unknown = Not known

receipt-hotline = Hotline 111
receipt-health-agency = Health agency
receipt-labour-agency = Labour agency
receipt-police = Police
receipt-commune = Commune People's Committee

relation-parent = Parent
relation-step-parent = Step-parent
relation-carer = Carer
relation-relative = Relative
relation-teacher = Teacher
relation-neighbour = Neighbour
relation-acquaintance = Acquaintance
relation-peer = Peer
relation-stranger = Stranger
relation-other = Other
relation-unknown = Not known
relation-parents = Both parents
relation-father = Father
relation-mother = Mother
relation-step-father = Step-father
relation-step-mother = Step-mother
relation-adoptive-parent = Adoptive parent
relation-foster-parent = Foster parent
relation-guardian = Guardian
relation-caregiver = Carer
relation-grandparent = Grandparent
relation-sibling = Sibling
relation-uncle = Uncle
relation-aunt = Aunt
relation-family-member = Member of the family
relation-school-staff = Staff of the school
relation-facility-staff = Staff of a facility
relation-employer = Employer
relation-friend = Friend
relation-classmate = Classmate
relation-online-contact = Somebody met online

outcome-confirmed = Founded
outcome-unclear = Unclear
outcome-unfounded = Unfounded

emergency-stop-harm = Stop the acts
emergency-safe-place = Bring the child to a safe place
emergency-medical-care = Medical care
emergency-collect-evidence = Keep evidence
emergency-counselling = Counselling
emergency-call-hotline = Call hotline 111

agency-police = Police
agency-health = Health facility
agency-education = School
agency-hotline = Hotline 111
agency-justice = Justice
agency-legal-aid = Legal aid
agency-womens-union = Women's Union
agency-youth-union = Youth Union
agency-social-work-centre = Social work centre
agency-village = Village
agency-other = Other

ground-harmed-by-carer = Harmed by parents or carers
ground-plan-refused = Parents refuse the plan
ground-further-abuse = Risk of further abuse
ground-risk-of-further-harm = Risk of further harm
ground-other = Other

placement-relatives = Relatives
placement-relative = Relatives
placement-other-family = Another family
placement-foster-family = Foster family
placement-social-facility = Social assistance facility
placement-health-facility = Health facility
placement-other = Elsewhere

court-continue-separation = Continue the separation
court-restrict-parental-rights = Restrict parental rights
court-alternative-care = Alternative care
court-refused = Refused
court-other = Other

closing-safe-and-stable = The child is safe and stable
closing-unfounded = The report was unfounded
closing-died = The child died
closing-reached-16 = Reached 16
closing-transferred = Transferred
closing-other = Other reason

measure-49-a = Warning, counselling (art. 49.2.a)
measure-49-b = Measures for children at risk (49.2.b)
measure-49-c = Statutory support (49.2.c)
measure-49-d = Social assistance (49.2.d)
measure-50-a = Medical, psychological care, rehabilitation (50.2.a)
measure-50-b = Safe stay, separation (50.2.b)
measure-50-c = Alternative care (50.2.c)
measure-50-d = Reunification, reintegration (50.2.d)
measure-50-dd = Counselling of carers (50.2.đ)
measure-50-e = Legal counselling and aid (50.2.e)
measure-50-g = Support in education, health, welfare (50.2.g)
measure-50-h = Monitoring of safety (50.2.h)
placement-parents = Parents
placement-being-sought = Still where it was first taken; a place is being sought
placement-police = With the police; a place is being sought
placement-health = With the health sector; a place is being sought
placement-facility = Social facility
closing-recorded-twice = Recorded twice (the same as another case)
choice-ground-further-abuse = At risk of further abuse by parents or carers
