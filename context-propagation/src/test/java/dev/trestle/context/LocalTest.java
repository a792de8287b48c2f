package dev.trestle.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalTest {
  private final Local<String> tenant = Local.named("tenant");

  @AfterEach
  void leaveTheThreadClean() {
    tenant.remove();
  }

  @Test
  void unsetIsNotNull() { // 27
    assertThat(tenant.isSet()).isFalse();
    assertThatThrownBy(tenant::get)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("tenant");
    tenant.set(null);
    assertThat(tenant.isSet()).isTrue();
    assertThat(tenant.get()).isNull();
    assertThat(tenant.orElse("other")).isNull();
  }

  @Test
  void orElseGivesTheOtherOnlyWhenUnset() {
    assertThat(tenant.orElse("other")).isEqualTo("other");
    assertThat(tenant.orElse(null)).isNull();
    assertThat(tenant.isSet()).isFalse();
    tenant.set("acme");
    assertThat(tenant.orElse("other")).isEqualTo("acme");
  }

  @Test
  void theLastValueSetIsSeen() {
    tenant.set("acme");
    tenant.set("globex");
    assertThat(tenant.get()).isEqualTo("globex");
  }

  @Test
  void removeUnsetsAndMayBeRepeated() {
    tenant.set("acme");
    tenant.remove();
    tenant.remove();
    assertThat(tenant.isSet()).isFalse();
  }

  @Test
  void twoLocalsOfOneNameAreTwo() {
    Local<String> other = Local.named("tenant");
    tenant.set("acme");
    assertThat(other.isSet()).isFalse();
  }

  @Test
  void toStringIsTheName() {
    assertThat(tenant).hasToString("tenant");
  }

  @Test
  void whereIsSeenByTheBodyOnly() throws Exception {
    String seen = tenant.where("acme", () -> tenant.get());
    assertThat(seen).isEqualTo("acme");
    assertThat(tenant.isSet()).isFalse();
  }

  @Test
  void whereNestsAndPutsTheOuterValueBack() throws Exception {
    tenant.where(
        "outer",
        () -> {
          tenant.where("inner", () -> assertThat(tenant.get()).isEqualTo("inner"));
          return assertThat(tenant.get()).isEqualTo("outer");
        });
  }

  @Test
  void whereTakesNullAsAValue() throws Exception {
    tenant.set("acme");
    boolean seenNull = tenant.where(null, () -> tenant.isSet() && tenant.get() == null);
    assertThat(seenNull).isTrue();
    assertThat(tenant.get()).isEqualTo("acme");
  }

  @Test
  void wherePutsBackWhatTheBodySetOrRemoved() throws Exception {
    tenant.set("outer");
    tenant.where(
        "inner",
        () -> {
          tenant.set("changed");
          return null;
        });
    assertThat(tenant.get()).isEqualTo("outer");
    tenant.where(
        "inner",
        () -> {
          tenant.remove();
          return assertThat(tenant.isSet()).isFalse();
        });
    assertThat(tenant.get()).isEqualTo("outer");
  }

  @Test
  void whereLeavesOtherLocalsAsTheBodyLeftThem() throws Exception {
    Local<String> user = Local.named("user");
    tenant.where(
        "acme",
        () -> {
          user.set("ann");
          return null;
        });
    assertThat(user.get()).isEqualTo("ann");
    user.remove();
  }

  @Test
  void whereThrowsWhatTheBodyThrewAndIsUndone() {
    IOException failure = new IOException("broken");
    assertThatThrownBy(
            () ->
                tenant.where(
                    "acme",
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(tenant.isSet()).isFalse();
  }

  @Test
  void nullArgumentsAreRefusedByName() {
    assertThatThrownBy(() -> Local.named(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("name");
    assertThatThrownBy(() -> tenant.where("acme", null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("body");
  }
}
