using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;

namespace FundingFlows.Crashing;

/// <summary>The bodies and commands of the writers. Each command follows from its number, so that every process makes the same.</summary>
public static class Commands
{
    /// <summary>How many tasks write to a store, each one command after the other.</summary>
    public const int Writers = 8;

    private const string Federation = "fed.example";
    private static readonly DateTimeOffset Start = new(2020, 4, 1, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The bodies: tasks write to them in turn.</summary>
    public static IReadOnlyList<string> Bodies { get; } = ["DLUHC", "HMT"];

    public static string BodyOf(int writer) => Bodies[writer % Bodies.Count];

    public static Genesis Genesis(string body) => new()
    {
        FormatVersion = Sequencer.FormatVersion,
        Federation = Federation,
        Body = body,
        Epoch = 1,
        Origin = Names.Origin(Federation, body, 1),
        PublicKey = ByteString.CopyFrom(SHA256.HashData(Encoding.UTF8.GetBytes(body))),
        RegisteringBody = Bodies[0],
        Tier = Tier.CentralGovernment,
        OfficialName = body,
    };

    /// <summary>A UUIDv7 that says whose it is: writer and number.</summary>
    public static Guid Id(int writer, int number)
    {
        var time = Start.ToUnixTimeMilliseconds() + number;
        return Guid.Parse($"{time >> 16:x8}-{time & 0xffff:x4}-7000-8000-{(((long)writer << 32) | (uint)number):x12}");
    }

    /// <summary>The same the other way round.</summary>
    public static (int Writer, int Number) Of(Guid id)
    {
        var bytes = id.ToByteArray(bigEndian: true);
        return (System.Buffers.Binary.BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(10)), System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(12)));
    }

    public static CommandIdentity Identity(int writer, int number) =>
        new(Id(writer, number), SHA256.HashData(Encoding.UTF8.GetBytes($"{writer} {number}")), "treasurer");

    /// <summary>The first opens a fund; of the others some open several at once, and most issue money.</summary>
    public static ICommand Command(int writer, int number) => number switch
    {
        0 => new Several(Fund($"fund-{writer}")),
        _ when number % 5 == 0 => new Several([.. Enumerable.Range(0, Parts(number)).Select(part => Fund($"fund-{writer}-{number}-{part}"))]),
        _ => new IssueMoney($"{BodyOf(writer)}.fund-{writer}", new SourceId(SourceKind.ParliamentaryVote, "main-estimate"), number * 100L),
    };

    /// <summary>How many facts a command has.</summary>
    public static int Parts(int number) => number > 0 && number % 5 == 0 ? 2 + (number / 5 % 4) : 1;

    private static OpenFund Fund(string name) => new(
        name, "A fund", new DocumentDigest(), new Years(2026, 2028),
        [new SplitShare { Kind = Kind.Revenue, BasisPoints = 7_500 }, new SplitShare { Kind = Kind.Capital, BasisPoints = 2_500 }], [], FundRules.None);

    private sealed class Several(params OpenFund[] funds) : ICommand
    {
        public Decision Decide(Books books, Surroundings around) => Decision.Accept([.. funds.Select(fund => fund.Decide(books, around).Facts[0])]);
    }
}
