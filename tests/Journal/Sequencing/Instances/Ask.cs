using System.Security.Cryptography;
using System.Text;

namespace FundingFlows.Journal.Tests;

/// <summary>Commands of a central government body, and who asks for them.</summary>
internal static class Ask
{
    /// <summary>A UUIDv7 of a time and a number.</summary>
    public static Guid Id(int number, DateTimeOffset? at = null)
    {
        var time = (at ?? new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.Zero)).ToUnixTimeMilliseconds();
        return Guid.Parse($"{time >> 16:x8}-{time & 0xffff:x4}-7000-8000-{number:x12}");
    }

    /// <summary>The identity of a command, with a digest over its content and actor as the callers make it.</summary>
    public static CommandIdentity By(int number, string content = "", string actor = "treasurer") => By(Id(number), content, actor);

    public static CommandIdentity By(Guid id, string content = "", string actor = "treasurer") =>
        new(id, SHA256.HashData(Encoding.UTF8.GetBytes($"{content}\n{actor}")), actor);

    public static OpenFund Fund(string name) => new(
        name, "A fund", new DocumentDigest(), new Years(2026, 2028),
        [new SplitShare { Kind = Kind.Revenue, BasisPoints = 7_500 }, new SplitShare { Kind = Kind.Capital, BasisPoints = 2_500 }], [], FundRules.None);

    public static IssueMoney Money(string fund, long pence) => new($"{Instance.Central}.{fund}", new SourceId(SourceKind.ParliamentaryVote, "main-estimate"), pence);

    /// <summary>A command that decides as it is told.</summary>
    public static ICommand That(Func<Books, Surroundings, Decision> decides) => new Told(decides);

    /// <summary>A command of several facts, each a fund that is opened.</summary>
    public static ICommand Funds(params string[] names) => That((books, around) =>
        Decision.Accept([.. names.Select(name => Fund(name).Decide(books, around).Facts[0])]));

    /// <summary>A command of several facts, the last of which is too long for an entry.</summary>
    public static ICommand TooLong(params string[] before) => That((books, around) =>
        Decision.Accept([.. before.Select(name => Fund(name).Decide(books, around).Facts[0]), Long(Sequencer.MostEntryBytes)]));

    /// <summary>What no rule should ever decide: facts of which the last cannot be applied, when those before it have been.</summary>
    public static ICommand Bug() => That((books, around) => Decision.Accept([Fund("bug").Decide(books, around).Facts[0], new Fact()]));

    /// <summary>A fund's title of so many bytes.</summary>
    public static Fact Long(int length) =>
        new() { FundOpened = new FundOpened { Terms = new FundTerms { Fund = $"DLUHC.fund-{length}", Version = 1, Title = new string('x', length) } } };

    public static Task<Outcome> SubmitAsync(this Sequencer body, ICommand command, CommandIdentity? identity = null) =>
        body.SubmitAsync(command, identity, TestContext.Current.CancellationToken);

    private sealed class Told(Func<Books, Surroundings, Decision> decides) : ICommand
    {
        public Decision Decide(Books books, Surroundings around) => decides(books, around);
    }
}
