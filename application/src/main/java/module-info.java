/// The use cases of Sluice: intake, processing and operation. Depends on the domain only; time,
/// randomness, ids and everything outside come in through ports.
module dev.sluice.application {
  requires transitive dev.sluice.domain;
  requires static org.jspecify;

  exports dev.sluice.application;
  exports dev.sluice.application.activity;
  exports dev.sluice.application.access;
  exports dev.sluice.application.intake;
  exports dev.sluice.application.operate;
  exports dev.sluice.application.routing;
  exports dev.sluice.application.recurring;
  exports dev.sluice.application.sample;
  exports dev.sluice.application.schedule;
  exports dev.sluice.application.stream;
  exports dev.sluice.application.subscription;
  exports dev.sluice.application.work;
}
