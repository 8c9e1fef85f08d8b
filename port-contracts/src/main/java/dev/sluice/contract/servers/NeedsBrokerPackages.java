package dev.sluice.contract.servers;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Marks tests that start a [RabbitServer] or a [RedisServer] of their own, to stop it, or that
/// take those of the session as parameters, to reconfigure them and restore them. They are skipped
/// where the packages are not installed, or fail if `SLUICE_TEST_BROKER` is `required`.
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BrokerPackages.class)
public @interface NeedsBrokerPackages {}
