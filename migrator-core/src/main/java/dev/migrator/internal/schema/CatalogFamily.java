package dev.migrator.internal.schema;

/** Kinds of objects that one query reads. */
enum CatalogFamily {
  SCHEMAS(Place.IN_SCHEMAS, TypeQueries.SCHEMAS, "FROM space"),
  EXTENSIONS(Place.IN_DATABASE, TypeQueries.EXTENSIONS, "FROM pg_catalog.pg_extension"),
  COLLATIONS(
      Place.IN_SCHEMAS,
      TypeQueries.COLLATIONS,
      "FROM pg_catalog.pg_collation WHERE collnamespace = ANY (%s)"),
  // A table's type, and an array's, which alone have neither an array nor are without an element.
  TYPES(Place.IN_SCHEMAS, TypeQueries.TYPES, """
      FROM pg_catalog.pg_type
      WHERE typnamespace = ANY (%s) AND typtype <> 'c' AND (typarray <> 0 OR typelem = 0)
         OR EXISTS (SELECT FROM pg_catalog.pg_class WHERE relnamespace = ANY (%s) AND relkind = 'c')"""),
  TABLES(Place.IN_SCHEMAS, RelationQueries.TABLES, relations("'r', 'p', 'f', 'v', 'm'")),
  COLUMNS(Place.IN_SCHEMAS, RelationQueries.COLUMNS, relations("'r', 'p', 'f', 'v', 'm', 'c'")),
  SEQUENCES(Place.IN_SCHEMAS, RelationQueries.SEQUENCES, relations("'S'")),
  CONSTRAINTS(
      Place.IN_SCHEMAS,
      TableQueries.CONSTRAINTS,
      "FROM pg_catalog.pg_constraint WHERE connamespace = ANY (%s) AND contype NOT IN ('t', 'n')"),
  INDEXES(Place.IN_SCHEMAS, TableQueries.INDEXES, relations("'i', 'I'")),
  TRIGGERS(
      Place.IN_SCHEMAS,
      TableQueries.TRIGGERS,
      "FROM pg_catalog.pg_trigger WHERE NOT tgisinternal OR tgparentid <> 0"),
  RULES(
      Place.IN_SCHEMAS,
      TableQueries.RULES,
      "FROM pg_catalog.pg_rewrite WHERE oid >= 16384 AND rulename <> '_RETURN'"),
  POLICIES(Place.IN_SCHEMAS, TableQueries.POLICIES, "FROM pg_catalog.pg_policy"),
  STATISTICS(Place.IN_SCHEMAS, TableQueries.STATISTICS, "FROM pg_catalog.pg_statistic_ext"),
  FUNCTIONS(
      Place.IN_SCHEMAS,
      RoutineQueries.FUNCTIONS,
      "FROM pg_catalog.pg_proc WHERE pronamespace = ANY (%s) AND prokind <> 'a'"),
  AGGREGATES(
      Place.IN_SCHEMAS,
      RoutineQueries.AGGREGATES,
      "FROM pg_catalog.pg_proc WHERE pronamespace = ANY (%s) AND prokind = 'a'"),
  OPERATORS(
      Place.IN_SCHEMAS,
      OperatorQueries.OPERATORS,
      "FROM pg_catalog.pg_operator WHERE oprnamespace = ANY (%s)"),
  OPERATOR_CLASSES(
      Place.IN_SCHEMAS,
      OperatorQueries.OPERATOR_CLASSES,
      "FROM pg_catalog.pg_opclass WHERE opcnamespace = ANY (%s)"),
  OPERATOR_FAMILIES(
      Place.IN_SCHEMAS,
      OperatorQueries.OPERATOR_FAMILIES,
      "FROM pg_catalog.pg_opfamily WHERE opfnamespace = ANY (%s)"),
  CASTS(Place.IN_DATABASE, OperatorQueries.CASTS, "FROM pg_catalog.pg_cast WHERE oid >= 16384"),
  CONVERSIONS(
      Place.IN_SCHEMAS,
      OperatorQueries.CONVERSIONS,
      "FROM pg_catalog.pg_conversion WHERE connamespace = ANY (%s)"),
  ACCESS_METHODS(
      Place.IN_DATABASE,
      OperatorQueries.ACCESS_METHODS,
      "FROM pg_catalog.pg_am WHERE oid >= 16384"),
  LANGUAGES(
      Place.IN_DATABASE,
      OperatorQueries.LANGUAGES,
      "FROM pg_catalog.pg_language WHERE oid >= 16384"),
  TRANSFORMS(Place.IN_DATABASE, OperatorQueries.TRANSFORMS, "FROM pg_catalog.pg_transform"),
  SEARCH_CONFIGURATIONS(
      Place.IN_SCHEMAS,
      SearchQueries.CONFIGURATIONS,
      "FROM pg_catalog.pg_ts_config WHERE cfgnamespace = ANY (%s)"),
  SEARCH_DICTIONARIES(
      Place.IN_SCHEMAS,
      SearchQueries.DICTIONARIES,
      "FROM pg_catalog.pg_ts_dict WHERE dictnamespace = ANY (%s)"),
  SEARCH_PARSERS(
      Place.IN_SCHEMAS,
      SearchQueries.PARSERS,
      "FROM pg_catalog.pg_ts_parser WHERE prsnamespace = ANY (%s)"),
  SEARCH_TEMPLATES(
      Place.IN_SCHEMAS,
      SearchQueries.TEMPLATES,
      "FROM pg_catalog.pg_ts_template WHERE tmplnamespace = ANY (%s)"),
  FOREIGN_DATA_WRAPPERS(
      Place.IN_DATABASE,
      DatabaseQueries.FOREIGN_DATA_WRAPPERS,
      "FROM pg_catalog.pg_foreign_data_wrapper"),
  FOREIGN_SERVERS(
      Place.IN_DATABASE, DatabaseQueries.FOREIGN_SERVERS, "FROM pg_catalog.pg_foreign_server"),
  // Their own table is for superusers only; each has a server.
  USER_MAPPINGS(
      Place.IN_DATABASE, DatabaseQueries.USER_MAPPINGS, "FROM pg_catalog.pg_foreign_server"),
  PUBLICATIONS(Place.IN_DATABASE, DatabaseQueries.PUBLICATIONS, "FROM pg_catalog.pg_publication"),
  SUBSCRIPTIONS(
      Place.IN_DATABASE,
      DatabaseQueries.SUBSCRIPTIONS,
      "FROM pg_catalog.pg_subscription WHERE subdbid <> 0"),
  EVENT_TRIGGERS(
      Place.IN_DATABASE, DatabaseQueries.EVENT_TRIGGERS, "FROM pg_catalog.pg_event_trigger"),
  DEFAULT_PRIVILEGES(
      Place.IN_DATABASE, DatabaseQueries.DEFAULT_PRIVILEGES, "FROM pg_catalog.pg_default_acl"),
  // Every server supplies some, and only the query itself tells whether they were changed.
  SUPPLIED_OBJECTS(
      Place.IN_DATABASE, SuppliedQueries.SUPPLIED_OBJECTS, "FROM pg_catalog.pg_init_privs");

  /** Where objects are. */
  private enum Place {
    IN_SCHEMAS,
    /** Shown only with the whole database. */
    IN_DATABASE
  }

  private final Place place;
  private final String sql;
  private final String presence;

  CatalogFamily(Place place, String sql, String presence) {
    this.place = place;
    this.sql = sql;
    this.presence = presence;
  }

  private static String relations(String kinds) {
    return "FROM pg_catalog.pg_class WHERE relnamespace = ANY (%s) AND relkind IN (" + kinds + ")";
  }

  /** Whether its objects belong to the database itself. */
  boolean isOutsideSchemas() {
    return place == Place.IN_DATABASE;
  }

  /** The query, to be completed by {@link CatalogSql}. */
  String sql() {
    return sql;
  }

  /**
   * What can be looked at quickly to see whether there is anything: the rest of a {@code SELECT}. Where it finds no row, the
   * query finds none either; the other way around need not hold.
   *
   * @param schemas an SQL expression for the oids of the schemas that count
   */
  String presence(String schemas) {
    return presence.replace("%s", schemas);
  }
}
