package dev.trestle.lint;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.TypeElement;

/** The names of the supertypes of each type, collected when somebody first asks. */
final class Supertypes {
  private final Map<TypeElement, Set<String>> known = new HashMap<>();

  /** The qualified names of {@code type} and of all that it extends and implements. */
  Set<String> namesOf(TypeElement type) {
    Set<String> cached = known.get(type);
    if (cached == null) {
      cached = new HashSet<>();
      cached.add(type.getQualifiedName().toString());
      for (TypeElement parent : TypeNames.parents(type)) {
        cached.addAll(namesOf(parent));
      }
      known.put(type, cached);
    }
    return cached;
  }
}
