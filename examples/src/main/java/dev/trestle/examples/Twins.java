package dev.trestle.examples;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.bridge.SyncToAsync;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;

/** A legacy interface gets an async face, and that gets the legacy one again for old callers. */
final class Twins {
  private Twins() {}

  /** A customer. */
  record User(long id, String name) {}

  // region twins
  interface Users { // blocks
    User find(long id) throws SQLException;

    void rename(long id, String name) throws SQLException;
  }

  interface AsyncUsers { // its async face
    CompletionStage<User> find(long id);

    CompletionStage<Void> rename(long id, String name);

    default CompletionStage<String> nameOf(long id) {
      return find(id).thenApply(User::name);
    }
  }

  static AsyncUsers async(Users users) {
    return SyncToAsync.threadSensitive().twin(AsyncUsers.class, users);
  }

  static Users blocking(AsyncUsers users) {
    return AsyncToSync.create().twin(Users.class, users);
  }
  // endregion
}
