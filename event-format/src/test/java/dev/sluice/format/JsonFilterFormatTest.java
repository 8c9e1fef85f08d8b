package dev.sluice.format;

import dev.sluice.contract.FilterFormatContract;
import dev.sluice.domain.filter.FilterFormat;

final class JsonFilterFormatTest implements FilterFormatContract {

  @Override
  public FilterFormat format() {
    return new JsonFilterFormat();
  }
}
