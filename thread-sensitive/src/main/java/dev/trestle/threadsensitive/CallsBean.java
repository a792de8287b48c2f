package dev.trestle.threadsensitive;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registers itself once there is something to see. */
final class CallsBean implements CallsMXBean {
  private static final Logger log = LoggerFactory.getLogger(CallsBean.class);
  private static final AtomicBoolean DONE = new AtomicBoolean();

  /** Registers the bean on a worker, the first time. */
  static void register() {
    if (!DONE.get() && DONE.compareAndSet(false, true)) {
      Workers.runPromptlyOrHere(CallsBean::registerHere);
    }
  }

  private static void registerHere() {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .registerMBean(new CallsBean(), new ObjectName("dev.trestle:type=Calls"));
    } catch (JMException | LinkageError e) {
      log.debug(
          "Calls.dump() is not to be had as a bean", e); // a JDK without that module, or two of us
    }
  }

  @Override
  public String dump() {
    return Calls.dump();
  }
}
