/// The terms and rules of Sluice, free of any framework: the JDK's base module is all it needs.
module dev.sluice.domain {
  requires static org.jspecify;

  exports dev.sluice.domain.access;
  exports dev.sluice.domain.claim;
  exports dev.sluice.domain.event;
  exports dev.sluice.domain.filter;
  exports dev.sluice.domain.subscription;
  exports dev.sluice.domain.delivery;
  exports dev.sluice.domain.destination;
  exports dev.sluice.domain.figures;
  exports dev.sluice.domain.lane;
  exports dev.sluice.domain.node;
  exports dev.sluice.domain.port;
  exports dev.sluice.domain.schedule;
  exports dev.sluice.domain.secret;
  exports dev.sluice.domain.text;
  exports dev.sluice.domain.time;
}
