package dev.trestle.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SkeletonTest {
  @Test
  void answersWithWhatItWasGiven() {
    assertThat(Skeleton.echo("a")).isEqualTo("a");
  }

  @Test
  @Tag("concurrency")
  void answersOnAnyThread() {
    assertThat(Skeleton.echo("b")).isEqualTo("b");
  }
}
