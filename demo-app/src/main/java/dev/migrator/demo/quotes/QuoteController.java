package dev.migrator.demo.quotes;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** {@code GET /quotes?words=oak+shelves} */
@Controller("/quotes")
@ExecuteOn(TaskExecutors.BLOCKING)
class QuoteController {
  private final QuoteRepository quotes;

  QuoteController(QuoteRepository quotes) {
    this.quotes = quotes;
  }

  @Get
  List<QuoteSummary> list(@QueryValue(defaultValue = "") String words) {
    return quotes.find(words);
  }
}
