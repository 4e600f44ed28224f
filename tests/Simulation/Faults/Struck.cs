using System.Text;

namespace FundingFlows.Simulation;

/// <summary>What may befall a run, and what people have bodies do in it. Each must happen in some seeds, or the simulation has become blind to it.</summary>
internal enum Strike
{
    MessagesLost,
    MessagesRepeated,
    MessagesDelayed,
    MessagesOvertaken,
    MessagesStoppedByCuts,
    LinksCutOneWay,
    LinksCutBothWays,
    InstancesCutFromAll,
    Crashes,
    AppendsLostInCrashes,
    AppendsKeptInCrashes,
    NotesLostInCrashes,
    NotesKeptInCrashes,
    DisksFailedBeforeStoring,
    DisksFailedAfterStoring,
    DisksNotSynced,
    DisksFull,
    DisksPutBack,
    HeldByAPeersWord,
    HeldByACheckpoint,
    WentOnWithoutAuditor,
    SecondHistories,
    ClocksWrong,
    ClocksSet,
    SlowInstances,
    BrokerAway,
    NewsLost,
    NewsRepeated,
    NewsDelayed,
    NewsOvertaken,
    FollowersWithoutStreams,
    AnswersUnheard,
    CommandsGivenAgain,
    CommandsAccepted,
    CommandsRefused,
    TransfersReversed,
    TermsRevised,
    InstructionsSet,
    InstructionsStopped,
    SharesPassedOn,
    AwardsAmended,
    AmendmentsLapsed,
    KeysTaken,
    EpochsBegun,
}

/// <summary>How often each of these happened.</summary>
internal sealed class Struck
{
    private readonly long[] times = new long[Enum.GetValues<Strike>().Length];

    public long this[Strike strike] => times[(int)strike];

    public void Count(Strike strike) => times[(int)strike]++;

    /// <summary>As it is called in figures.</summary>
    public static string NameOf(Strike strike)
    {
        var name = new StringBuilder();
        foreach (var letter in strike.ToString())
            name.Append(char.IsUpper(letter) && name.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(letter));
        return name.ToString();
    }
}
