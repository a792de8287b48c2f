package dev.trestle.benchmarks;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A gate: how many bytes one operation of a contender may allocate, which {@code --bytes} checks.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Bytes {
  int value();

  /**
   * The same where the workers, and the threads of scopes, are virtual, which the JDK does not wake
   * without garbage; 0 if that makes no difference.
   */
  int onVirtualThreads() default 0;

  /** Where it is checked, as {@code name=value}; a parameter that is not named has its first. */
  String[] at() default {};
}
