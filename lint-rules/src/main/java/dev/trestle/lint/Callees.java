package dev.trestle.lint;

import java.util.HashMap;
import java.util.Map;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** The methods that were called in one run of the compiler, each worked out at its first call. */
final class Callees {
  private final Supertypes supertypes = new Supertypes();
  private final Map<ExecutableElement, Callee> known = new HashMap<>();

  /** What calls see of {@code method}, or null if no class declares it. */
  @Nullable Callee of(ExecutableElement method) {
    Callee callee = known.get(method);
    if (callee == null && method.getEnclosingElement() instanceof TypeElement owner) {
      callee = new Callee(method, owner, supertypes);
      known.put(method, callee);
    }
    return callee;
  }
}
