package consumer;

/** A program of somebody who has migrator-core and nothing else. */
public final class Consumer {
  private Consumer() {}

  /**
   * Starts the program.
   *
   * @param args ignored
   */
  public static void main(String[] args) {
    System.out.println("started");
  }
}
