tag-open = Open
tag-met = In time
tag-late = Done late
tag-overdue = Overdue
tag-none = Does not apply
tag-emergency = Emergency
