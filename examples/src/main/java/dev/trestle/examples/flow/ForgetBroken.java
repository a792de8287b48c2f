package dev.trestle.examples.flow;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;

/**
 * Tells the pool which connections are broken: it knows the states that PostgreSQL gives, but not
 * H2's, and a busy pool would hand such a one out again and again.
 */
final class ForgetBroken implements SQLExceptionOverride {
  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException e) {
    return e instanceof SQLNonTransientConnectionException
        ? SQLExceptionOverride.Override.MUST_EVICT
        : SQLExceptionOverride.Override.CONTINUE_EVICT;
  }
}
