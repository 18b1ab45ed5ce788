package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Rules;
import dev.migrator.internal.lint.UnknownRule;
import dev.migrator.internal.lint.UnusedAllowance;
import dev.migrator.internal.lint.policy.DownHeaderMissing;
import dev.migrator.internal.lint.policy.DownMissing;
import dev.migrator.internal.lint.policy.DownWithoutIfExists;
import dev.migrator.internal.lint.policy.FirstVersionZero;
import dev.migrator.internal.lint.policy.HeaderMissing;
import dev.migrator.internal.lint.policy.IndexApart;
import dev.migrator.internal.lint.policy.Naming;
import dev.migrator.internal.lint.policy.OneChange;
import dev.migrator.internal.lint.policy.SecretInScript;
import dev.migrator.internal.lint.policy.VersionGap;
import java.util.List;

/** Every rule that there is. */
public final class Catalogue {

  private Catalogue() {}

  private static final Rules RULES = Rules.of(List.of(
      IndexNotConcurrent.rule(),
      DropIndexNotConcurrent.rule(),
      ForeignKeyValidated.rule(),
      SetNotNull.rule(),
      ReindexNotConcurrent.rule(),
      DetachPartitionNotConcurrent.rule(),
      CheckValidated.rule(),
      KeyWithoutIndex.rule(),
      PrimaryKeyOfNullable.rule(),
      ExclusionConstraint.rule(),
      ColumnTypeRewrite.rule(),
      ColumnTypeScan.rule(),
      VolatileDefault.rule(),
      SerialColumnAdded.rule(),
      IdentityColumnAdded.rule(),
      StoredColumnAdded.rule(),
      ExpressionReplaced.rule(),
      ClusterTable.rule(),
      VacuumFull.rule(),
      PersistenceChanged.rule(),
      AccessMethodChanged.rule(),
      TablespaceChanged.rule(),
      RefreshNotConcurrent.rule(),
      MaterializedViewReplaced.rule(),
      ViewReplaced.rule(),
      TriggerCreated.rule(),
      TriggerDropped.rule(),
      TriggerDisabled.rule(),
      ForeignKeyLocksOther.rule(),
      PartitionCreated.rule(),
      PartitionAttached.rule(),
      DomainConstraint.rule(),
      ValidatedAtOnce.rule(),
      ExplicitLock.rule(),
      SeveralExclusiveLocks.rule(),
      WorkUnderLock.rule(),
      BackfillWithDdl.rule(),
      LockTimeoutOff.rule(),
      SeveralAlters.rule(),
      ConcurrentlyInTransaction.rule(),
      TransactionControlled.rule(),
      ScriptRefused.rule(),
      RequiredColumnWithoutDefault.rule(),
      EnumValueUsedEarly.rule(),
      EnumValueAdded.rule(),
      IdentifierTooLong.rule(),
      DuplicateStatement.rule(),
      DuplicateIndex.rule(),
      IndexIfNotExists.rule(),
      ReplicationRole.rule(),
      DropTable.rule(),
      DropColumn.rule(),
      DropSchema.rule(),
      DropView.rule(),
      DropType.rule(),
      DropFunction.rule(),
      DropSequence.rule(),
      DropExtension.rule(),
      DropDatabase.rule(),
      DropOwned.rule(),
      DropConstraint.rule(),
      DropNotNull.rule(),
      DropDefault.rule(),
      TruncateTable.rule(),
      DeleteWithoutWhere.rule(),
      UpdateWithoutWhere.rule(),
      DropCascade.rule(),
      LossyType.rule(),
      RenameTable.rule(),
      RenameColumn.rule(),
      RenameSchema.rule(),
      MoveToSchema.rule(),
      RenameEnumValue.rule(),
      RowSecurityDisabled.rule(),
      SecurityDefinerPath.rule(),
      JsonColumn.rule(),
      TimestampWithoutZone.rule(),
      CharColumn.rule(),
      VarcharLimit.rule(),
      MoneyColumn.rule(),
      TimeWithZone.rule(),
      SerialColumn.rule(),
      IntegerKey.rule(),
      TableWithoutKey.rule(),
      ForeignKeyWithoutIndex.rule(),
      UnloggedTable.rule(),
      RuleCreated.rule(),
      TableInheritance.rule(),
      EnumType.rule(),
      WideIndex.rule(),
      SecretInScript.rule(),
      Naming.rule(),
      VersionGap.rule(),
      FirstVersionZero.rule(),
      HeaderMissing.rule(),
      DownHeaderMissing.rule(),
      DownMissing.rule(),
      DownWithoutIfExists.rule(),
      OneChange.rule(),
      IndexApart.rule(),
      UnknownRule.RULE,
      UnusedAllowance.RULE));

  /** All of them, those selected that are on unless somebody says otherwise. */
  public static Rules rules() {
    return RULES;
  }
}
