package dev.trestle.threadsensitive;

/** Something registered that can be taken back. */
public interface Registration extends AutoCloseable {
  /** Takes it back; it may already have run, or be running. */
  void remove();

  /** Same as {@link #remove}, for try-with-resources. */
  @Override
  default void close() {
    remove();
  }
}
