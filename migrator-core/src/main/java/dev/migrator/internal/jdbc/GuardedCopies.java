package dev.migrator.internal.jdbc;

import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyDual;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOperation;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

/**
 * The driver's interface for COPY in the hands of an application's code. While a copy is open the driver lets every other
 * command wait for its end without limit, so an open one must be known, and be cancelled at the end.
 */
final class GuardedCopies extends CopyManager {

  private final BooleanSupplier over;
  private volatile @Nullable CopyOperation last;

  GuardedCopies(BaseConnection driver, BooleanSupplier over) throws SQLException {
    super(driver);
    this.over = over;
  }

  @Override
  public CopyIn copyIn(String sql) throws SQLException {
    refuseOutOfPlace();
    return remembered(super.copyIn(sql));
  }

  @Override
  public CopyOut copyOut(String sql) throws SQLException {
    refuseOutOfPlace();
    return remembered(super.copyOut(sql));
  }

  @Override
  public CopyDual copyDual(String sql) throws SQLException {
    refuseOutOfPlace();
    return remembered(super.copyDual(sql));
  }

  private <T extends CopyOperation> T remembered(T begun) {
    last = begun;
    return begun;
  }

  /**
   * Cancels the copy that is open, if there is one.
   *
   * @return whether there was one
   * @throws SQLException when it could not be cancelled; nothing more may be sent then
   */
  boolean cancel() throws SQLException {
    CopyOperation copy = last;
    if (copy == null || !copy.isActive()) {
      return false;
    }
    copy.cancelCopy();
    return true;
  }

  /**
   * Asked before a command is sent.
   *
   * @throws SQLException when a copy is open
   */
  void refuseWhileOpen() throws SQLException {
    CopyOperation copy = last;
    if (copy != null && copy.isActive()) {
      throw new SQLException(
          "a COPY is open on this connection; end it with endCopy() or cancelCopy() first",
          "55000");
    }
  }

  private void refuseOutOfPlace() throws SQLException {
    if (over.getAsBoolean()) {
      throw ConnectionGuard.ended();
    }
    refuseWhileOpen();
  }
}
