package dev.trestle.examples.flow;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/** Tells the pool what H2 says of a connection that is broken; it knows what PostgreSQL says. */
final class ForgetBroken implements SQLExceptionOverride {
  /** Database closed, database closed at exit, connection broken, in exclusive use. */
  private static final Set<Integer> BROKEN = Set.of(90098, 90121, 90067, 90135);

  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException e) {
    return BROKEN.contains(e.getErrorCode())
        ? SQLExceptionOverride.Override.MUST_EVICT
        : SQLExceptionOverride.Override.CONTINUE_EVICT;
  }
}
