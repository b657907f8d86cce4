tag-open = Open
tag-met = In time
tag-late = Done late
tag-overdue = Overdue
tag-in-time-corrected = In time only after a correction
tag-waived-late = Fell away late
tag-none = Does not apply
tag-emergency = Emergency
