namespace FundingFlows.Journal.Tests;

/// <summary>Everything that is asked of a store and of bodies that use one, with SQLite.</summary>
public static class OnSqlite
{
    public sealed class Alterations() : AlteredTests(StoreKind.Sqlite);

    public sealed class AlteredEpochs() : AlteredEpochTests(StoreKind.Sqlite);

    public sealed class Appends() : AppendTests(StoreKind.Sqlite);

    public sealed class Keeping() : KeepingTests(StoreKind.Sqlite);

    public sealed class Leases() : LeaseTests(StoreKind.Sqlite);

    public sealed class Pages() : PageTests(StoreKind.Sqlite);

    public sealed class Boundaries() : BoundaryTests(StoreKind.Sqlite);

    public sealed class Concurrency() : ConcurrencyTests(StoreKind.Sqlite);

    public sealed class Durability() : DurabilityTests(StoreKind.Sqlite);

    public sealed class Failures() : FailureTests(StoreKind.Sqlite);

    public sealed class Fencing() : FencingTests(StoreKind.Sqlite);

    public sealed class FullDisk() : FullDiskTests(StoreKind.Sqlite);

    public sealed class Beginning() : GenesisTests(StoreKind.Sqlite);

    public sealed class ReadingOnly() : ReadingOnlyTests(StoreKind.Sqlite);

    public sealed class GroupCommit() : GroupCommitTests(StoreKind.Sqlite);

    public sealed class Pauses() : PauseTests(StoreKind.Sqlite);

    public sealed class Refusals() : RefusalTests(StoreKind.Sqlite);

    public sealed class Repeats() : RepeatTests(StoreKind.Sqlite);

    public sealed class LongEntries() : LongEntryTests(StoreKind.Sqlite);

    public sealed class NewEpochs() : NewEpochTests(StoreKind.Sqlite);

    public sealed class Replays() : ReplayTests(StoreKind.Sqlite);

    public sealed class RuleBugs() : RuleBugTests(StoreKind.Sqlite);

    public sealed class Shutdown() : ShutdownTests(StoreKind.Sqlite);

    public sealed class Upgrades() : UpgradeTests(StoreKind.Sqlite);
}

/// <summary>Everything that is asked of a store and of bodies that use one, with PostgreSQL.</summary>
public static class OnPostgres
{
    public sealed class Alterations() : AlteredTests(StoreKind.Postgres);

    public sealed class AlteredEpochs() : AlteredEpochTests(StoreKind.Postgres);

    public sealed class Appends() : AppendTests(StoreKind.Postgres);

    public sealed class Keeping() : KeepingTests(StoreKind.Postgres);

    public sealed class Leases() : LeaseTests(StoreKind.Postgres);

    public sealed class Pages() : PageTests(StoreKind.Postgres);

    public sealed class Boundaries() : BoundaryTests(StoreKind.Postgres);

    public sealed class Concurrency() : ConcurrencyTests(StoreKind.Postgres);

    public sealed class Durability() : DurabilityTests(StoreKind.Postgres);

    public sealed class Failures() : FailureTests(StoreKind.Postgres);

    public sealed class Fencing() : FencingTests(StoreKind.Postgres);

    public sealed class FullDisk() : FullDiskTests(StoreKind.Postgres);

    public sealed class Beginning() : GenesisTests(StoreKind.Postgres);

    public sealed class ReadingOnly() : ReadingOnlyTests(StoreKind.Postgres);

    public sealed class GroupCommit() : GroupCommitTests(StoreKind.Postgres);

    public sealed class Pauses() : PauseTests(StoreKind.Postgres);

    public sealed class Refusals() : RefusalTests(StoreKind.Postgres);

    public sealed class Repeats() : RepeatTests(StoreKind.Postgres);

    public sealed class LongEntries() : LongEntryTests(StoreKind.Postgres);

    public sealed class NewEpochs() : NewEpochTests(StoreKind.Postgres);

    public sealed class Replays() : ReplayTests(StoreKind.Postgres);

    public sealed class RuleBugs() : RuleBugTests(StoreKind.Postgres);

    public sealed class Shutdown() : ShutdownTests(StoreKind.Postgres);

    public sealed class Upgrades() : UpgradeTests(StoreKind.Postgres);
}
