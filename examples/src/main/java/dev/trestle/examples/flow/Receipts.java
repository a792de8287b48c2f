package dev.trestle.examples.flow;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs receipts: work for the processor, which needs no transaction and would hold up the loop.
 */
final class Receipts {
  private static final Logger log = LoggerFactory.getLogger(Receipts.class);
  private static final String ALGORITHM = "HmacSHA256";
  private static final SecretKeySpec KEY =
      new SecretKeySpec("a secret of the shop".getBytes(StandardCharsets.UTF_8), ALGORITHM);

  private Receipts() {}

  static String sign(Order order) throws GeneralSecurityException {
    log.debug("sign the receipt of order {}", order.id());
    Mac mac = Mac.getInstance(ALGORITHM);
    mac.init(KEY);
    return HexFormat.of().formatHex(mac.doFinal(order.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
