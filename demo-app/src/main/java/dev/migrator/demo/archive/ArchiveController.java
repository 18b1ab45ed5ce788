package dev.migrator.demo.archive;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;

/** {@code GET /archive} */
@Controller("/archive")
@Requires(beans = ArchiveRepository.class)
@ExecuteOn(TaskExecutors.BLOCKING)
class ArchiveController {
  private final ArchiveRepository archive;

  ArchiveController(ArchiveRepository archive) {
    this.archive = archive;
  }

  @Get
  List<ArchivedInvoice> list() {
    return archive.findAllOrderByNumber();
  }
}
