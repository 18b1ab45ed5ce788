package dev.migrator.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands every test a database of its own and takes it back afterwards.
 *
 * <p>All parameters of one test, of its constructor and of its {@code @BeforeEach} and {@code
 * @AfterEach} methods are the same database; {@link TestDatabase#sibling()} makes further ones. A
 * parameter of {@code @BeforeAll} is shared by the whole class. When the test, or the class, is over
 * the database is {@linkplain TestDatabase#close() closed}, which fails a test that left a
 * connection or a lock behind.
 */
public final class PostgresExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(PostgresExtension.class);

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestDatabase.class;
  }

  @Override
  public TestDatabase resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // The store closes what it holds when its test or class is over; it looks in its parents first.
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            TestDatabase.class,
            type -> PostgresServer.shared().createDatabase(),
            TestDatabase.class);
  }
}
