-- Reminders follow the time by which to act: the end of a limit, or an earlier time to mind.
DROP INDEX worklist_open_by_due;
CREATE INDEX worklist_open_by_act_by ON worklist (generation, act_by) WHERE ended_at IS NULL;
