package dev.migrator.micronaut;

/** What a boot does about the migrations of a data source. */
public enum BootMode {
  /** Nothing at all. */
  OFF,
  /** Looks whether anything is pending or edited, and fails when it is. */
  VALIDATE,
  /** Waits until another runner has applied what is pending; takes no lock and changes nothing. */
  WAIT,
  /** Applies what is pending. The default. */
  APPLY
}
