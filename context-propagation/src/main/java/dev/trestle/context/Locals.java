package dev.trestle.context;

import org.jspecify.annotations.Nullable;

/**
 * An immutable map from {@link Local} to value: an open-addressed table of key and value in turn,
 * never changed once made, so that a snapshot of it is the reference itself.
 */
final class Locals {
  static final Object ABSENT = new Object();
  static final Locals NONE = new Locals(new Object[8], 0);

  /** At even indices a {@link Local} or null, behind each its value; at most half full. */
  private final @Nullable Object[] table;

  private final int size;

  private Locals(@Nullable Object[] table, int size) {
    this.table = table;
    this.size = size;
  }

  /** The value of a local, which may be null, or {@link #ABSENT}. */
  @Nullable Object get(Local<?> local) {
    int slot = slotOf(local, table);
    return table[slot] == null ? ABSENT : table[slot + 1];
  }

  Locals with(Local<?> local, @Nullable Object value) {
    int slot = slotOf(local, table);
    if (table[slot] != null) {
      if (table[slot + 1] == value) {
        return this;
      }
      @Nullable Object[] copy = table.clone();
      copy[slot + 1] = value;
      return new Locals(copy, size);
    }
    @Nullable Object[] copy = size * 4 >= table.length ? grown() : table.clone();
    put(local, value, copy);
    return new Locals(copy, size + 1);
  }

  Locals without(Local<?> local) {
    if (get(local) == ABSENT) {
      return this;
    }
    if (size == 1) {
      return NONE;
    }
    @Nullable Object[] copy = new Object[table.length];
    for (int i = 0; i < table.length; i += 2) {
      if (table[i] instanceof Local<?> key && key != local) {
        put(key, table[i + 1], copy);
      }
    }
    return new Locals(copy, size - 1);
  }

  /** This map with what changed from one map to another changed here too. */
  Locals withChanges(Locals from, Locals to) {
    if (from == to) {
      return this;
    }
    if (from == this) {
      return to;
    }
    Locals result = this;
    for (int i = 0; i < to.table.length; i += 2) {
      if (to.table[i] instanceof Local<?> key && from.get(key) != to.table[i + 1]) {
        result = result.with(key, to.table[i + 1]);
      }
    }
    for (int i = 0; i < from.table.length; i += 2) {
      if (from.table[i] instanceof Local<?> key && to.get(key) == ABSENT) {
        result = result.without(key);
      }
    }
    return result;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < table.length; i += 2) {
      if (table[i] != null) {
        text.append(text.length() > 1 ? ", " : "")
            .append(table[i])
            .append('=')
            .append(table[i + 1]);
      }
    }
    return text.append('}').toString();
  }

  private @Nullable Object[] grown() {
    @Nullable Object[] larger = new Object[table.length * 2];
    for (int i = 0; i < table.length; i += 2) {
      if (table[i] instanceof Local<?> key) {
        put(key, table[i + 1], larger);
      }
    }
    return larger;
  }

  private static void put(Local<?> key, @Nullable Object value, @Nullable Object[] table) {
    int slot = slotOf(key, table);
    table[slot] = key;
    table[slot + 1] = value;
  }

  /** The index of the local's key, or of the free place where it belongs. */
  private static int slotOf(Local<?> local, @Nullable Object[] table) {
    int mask = table.length - 1;
    int slot = (local.hash << 1) & mask;
    while (table[slot] != null && table[slot] != local) {
      slot = (slot + 2) & mask;
    }
    return slot;
  }
}
