package dev.trestle.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trestle.bridge.AsyncToSync;
import dev.trestle.examples.Twins.AsyncUsers;
import dev.trestle.examples.Twins.User;
import dev.trestle.examples.Twins.Users;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Both faces of the example are the same users. */
class TwinsTest {
  private final Users users = new UsersInMemory();
  private final AsyncUsers async = Twins.async(users);
  private final Set<Thread> threads = new HashSet<>();

  @Test
  void theAsyncFaceRenamesAndFinds() {
    String name =
        AsyncToSync.create().call(() -> async.rename(7, "Ann").thenCompose(x -> async.nameOf(7)));
    assertThat(name).isEqualTo("Ann");
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void itsBlockingFaceIsAsGoodAsTheFirst() throws SQLException {
    Users again = Twins.blocking(async);
    again.rename(7, "Bob");
    assertThat(again.find(7)).isEqualTo(new User(7, "Bob"));
    assertThatThrownBy(() -> again.find(8)).isExactlyInstanceOf(SQLException.class);
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  private final class UsersInMemory implements Users {
    private final Map<Long, User> rows = new HashMap<>();

    @Override
    public User find(long id) throws SQLException {
      threads.add(Thread.currentThread());
      User found = rows.get(id);
      if (found == null) {
        throw new SQLException("no user " + id);
      }
      return found;
    }

    @Override
    public void rename(long id, String name) {
      threads.add(Thread.currentThread());
      rows.put(id, new User(id, name));
    }
  }
}
