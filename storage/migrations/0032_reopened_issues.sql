-- An issue that was closed is asked on: somebody may open it again.

DROP INDEX improvement_by_issue;
CREATE INDEX improvement_by_issue ON improvement (issue_asked_at) WHERE merged_into = 0 AND tracker_url <> '';
