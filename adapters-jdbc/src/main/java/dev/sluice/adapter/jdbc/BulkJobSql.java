package dev.sluice.adapter.jdbc;

/// SQL statements for bulk jobs; both databases understand them.
public final class BulkJobSql {

  private static final String COLUMNS =
      """
      id, token, action, filter, from_seq, to_seq, qualifying, planned_at, planned_by, state, position, done,
      skipped, rate, started_by, started_at, ended_at
      """;

  static final String INSERT =
      """
      insert into bulk_job (id, token, action, filter, from_seq, to_seq, qualifying, planned_at, planned_by,
                            state, position, done, skipped, rate, started_by)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned', ?, 0, 0, 0, '')
      """;

  /// Deletes the oldest jobs that are not running. Parameter: how many to keep.
  static final String FORGET_OLDEST =
      """
      delete from bulk_job where id in (
        select id from bulk_job where state <> 'running'
        order by planned_at desc, id limit 1000000 offset ?)
      """;

  public static final String BY_ID = "select " + COLUMNS + " from bulk_job where id = ?";

  public static final String BY_TOKEN = "select " + COLUMNS + " from bulk_job where token = ?";

  static final String STARTED =
      "select "
          + COLUMNS
          + """
          from bulk_job where state in ('running', 'finished', 'stopped')
          order by started_at desc, id desc limit ?
          """;

  static final String RUNNING =
      "select "
          + COLUMNS
          + " from bulk_job where state = 'running' order by started_at, id limit 1000";

  static final String START =
      """
      update bulk_job set state = 'running', started_by = ?, rate = ?, started_at = ?
      where id = ? and state = 'planned'
      """;

  static final String STOP =
      "update bulk_job set state = 'stopped', ended_at = ? where id = ? and state = 'running'";

  static final String ADVANCE =
      """
      update bulk_job set state = ?, position = ?, done = ?, skipped = ?, ended_at = ? where id = ?
      """;

  static final String PURGE =
      """
      delete from bulk_job
      where (state = 'planned' and planned_at < ?)
         or (state in ('finished', 'stopped') and ended_at < ?)
      """;

  private BulkJobSql() {}
}
