using System.Globalization;
using System.Text;
using Google.Protobuf;
using static FundingFlows.Verifier.Tests.MadeTrace;

namespace FundingFlows.Verifier.Tests;

/// <summary>The way of a payment as a file: what it proves, and every way in which it does not.</summary>
public sealed class TraceTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly MadeTrace made = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Lies that the bodies have signed, and what is said of each.</summary>
    public static TheoryData<string, string> Lies => new()
    {
        { "pays more than its pieces", "its pieces in the file add up to £25" },
        { "pays more than the lot has", "Of lot council.1.1.0 more was drawn (£70) than it has (£60)" },
        { "pays less than nothing", "What was drawn from lot council.1.1.0 is no amount" },
        { "pays from another's lot", "council.1.2 pays from lot root.1.2.0, which is no lot of council" },
        { "pays from a lot that is not there", "entry council.1.1 made no such lot" },
        { "receives more than was sent", "Lot council.1.1.0 was received from another body, and no entry in the file sent it" },
        { "receives another lot", "no entry in the file sent it" },
        { "receives other words", "no entry in the file sent it" },
        { "is sent to another", "no entry in the file sent it" },
        { "receives from another source", "Lot root.1.2.0 has another origin" },
        { "sends more than was issued", "Of lot root.1.2.0 more was drawn (£160) than it has (£100)" },
        { "issues from another source", "Lot root.1.2.0 came from no other lot, and was not issued from the source that it names" },
        { "has a lot of its own making", "Lot council.1.1.0 came from no other lot, and was not issued" },
        { "has a lot that comes from itself", "Entry root.1.2 cannot have made lot root.1.2.0 from lot root.1.2.0" },
        { "names another payment", "The payment council.1.1 is not in the file" },
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Trace_OfAPayment_HoldsByItself(bool withKey)
    {
        var run = await VerifyAsync(made.Make(), withKey ? [$"{made.Central.Key}"] : []);

        run.Holds();
        Assert.Contains("£25 of estimate (root): issued by root (root.1.2), sent by root (root.1.3), received by council (council.1.1), paid by council (council.1.2).", run.Output, StringComparison.Ordinal);
        Assert.Contains("It holds: £25 paid by council, entry council.1.2, came from where it says. 7 entries of 2 journals.", run.Output, StringComparison.Ordinal);
        Assert.Contains(withKey ? "signed with the key that was given" : "whose it is must be known from elsewhere", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Trace_ThatTellsALie_DoesNotHold(string lie, string finding)
    {
        Tell(lie);

        (await VerifyAsync(made.Make(), [$"{made.Central.Key}"])).Finds(finding);
    }

    [Fact]
    public async Task Trace_WithAnyByteOfAnyProofAltered_DoesNotHold()
    {
        var entries = made.Make();
        for (var i = 0; i < entries.Count; i++)
            for (var at = 0; at < entries[i].Proof.Length; at += 3)
            {
                var altered = new StringBuilder(entries[i].Proof);
                altered[at] = altered[at] == 'A' ? 'B' : 'A';
                Assert.NotEqual(0, (await VerifyAsync([.. entries[..i], (entries[i].Entry, altered.ToString()), .. entries[(i + 1)..]], [$"{made.Central.Key}"])).Code);
            }
    }

    [Fact]
    public async Task Trace_WithoutAnEntryOfTheWay_NamesIt()
    {
        var entries = made.Make();
        foreach (var (gone, finding) in new[]
        {
            ("root.1.1", "No chain of registrations leads from the key that was given"),
            ("root.1.2", "entry root.1.2, which made it, is not in the file"),
            ("root.1.3", "no entry in the file sent it"),
            ("council.1.0", "the key stands in entry 0, which is missing"),
            ("council.1.1", "entry council.1.1, which made it, is not in the file"),
            ("council.1.2", "The payment council.1.2 is not in the file"),
        })
            (await VerifyAsync([.. entries.Where(one => one.Entry != gone)], [$"{made.Central.Key}"])).Finds(finding);
    }

    [Fact]
    public async Task Trace_WithANewKeyAndNoGenesis_DoesNotHold()
    {
        made.Make();
        made.Local.AdoptsKey();
        List<(string Entry, string Proof)> entries = [.. made.Central.Proofs(), .. made.Local.Proofs()];

        (await VerifyAsync([.. entries.Where(one => one.Entry != "council.1.0")], [$"{made.Central.Key}"])).Finds("the key stands in entry 0, which is missing");
    }

    [Fact]
    public async Task Trace_OfEntriesThatDoNotBelongTogether_DoesNotHold()
    {
        var entries = made.Make();
        made.Local.AdoptsKey();
        var later = made.Local.Proofs();

        (await VerifyAsync([.. entries, entries[0]], [])).Finds("root.1.0: it is in the file twice");
        (await VerifyAsync([.. entries[..^1], later[2]], [])).Finds("council.1.2: its proof stands on another checkpoint");
        (await VerifyAsync([.. entries[..^1], ("council.1.1", entries[^1].Proof)], [])).Finds("council.1.1: its proof is that of entry 2 of test-federation/council/1");
        (await VerifyAsync([.. entries[..^1], ("council.2.2", entries[^1].Proof)], [])).Finds("council.2.2: its proof is that of entry 2 of test-federation/council/1");
        (await VerifyAsync([.. entries[..^1], ("nothing", entries[^1].Proof)], [])).Finds("nothing: its proof is that of entry 2");
        (await VerifyAsync(entries, [$"{VerifierKey.Of(made.Central.Origin, BodyKey.Generate().PublicKey)}"])).Finds("its signature is not of the key that was given");
    }

    /// <summary>What a new epoch has kept keeps its name, and is proved in the new journal.</summary>
    [Fact]
    public async Task Trace_ThroughANewEpoch_Holds()
    {
        made.Make();
        made.Central.DeclaresEpoch(made.Local);
        made.Local.BeginsEpoch();
        made.Local.Add(new Fact { PaymentMade = made.Paid });
        List<(string Entry, string Proof)> entries = [.. made.Central.Proofs(), .. made.Local.Proofs()];

        (await VerifyAsync(entries, [$"{made.Central.Key}"])).Holds();
        made.Payment = $"{Council}.2.4";
        var run = await VerifyAsync(entries, [$"{made.Central.Key}"]);
        run.Holds();
        Assert.Contains("received by council (council.1.1), paid by council (council.2.4).", run.Output, StringComparison.Ordinal);

        (await VerifyAsync([.. entries.Where(one => one.Entry != "root.1.4")], [$"{made.Central.Key}"])).Finds("No chain of registrations leads from the key that was given");
        (await VerifyAsync([.. entries.Where(one => one.Entry != "council.2.3")], [$"{made.Central.Key}"])).Finds("Its entries say that it is test-federation/council/1");
        (await VerifyAsync([.. entries.Select(one => (one.Entry.Replace("council.2.4", "council.1.4", StringComparison.Ordinal), one.Proof))], [])).Finds("Entry 4 is of epoch 2 there, and is named council.1.4");
    }

    [Fact]
    public async Task File_ThatIsNoTrace_IsSaid()
    {
        var json = made.Json(made.Make());
        foreach (var other in new[]
        {
            "", "{}", "[]", "null", "words", json[..^1], json + "x", json.Replace("fundingflows-trace/v1", "fundingflows-trace/v2", StringComparison.Ordinal),
            json.Replace("\"payment\"", "\"Payment\"", StringComparison.Ordinal), json.Replace("\"payment\"", "\"more\":1,\"payment\"", StringComparison.Ordinal),
            json.Replace("\"payment\"", "\"format\":\"\",\"payment\"", StringComparison.Ordinal), json.Replace(made.Payment, "payment", StringComparison.Ordinal),
            json.Replace("extra ", "index 1\\n", StringComparison.Ordinal), "{\"format\":\"fundingflows-trace/v1\",\"payment\":\"council.1.2\",\"entries\":[null]}",
            "{\"format\":\"fundingflows-trace/v1\",\"payment\":\"council.1.2\",\"entries\":{}}",
        })
        {
            File.WriteAllText(folder["trace"], other);
            (await Run.VerifyAsync("trace", folder["trace"])).Finds("It is no trace, or it is altered");
        }
        (await Run.VerifyAsync("trace", folder["nothing"])).CannotRead("cannot be read");
        (await Run.VerifyAsync("trace", folder["trace"], "--key", "no key")).CannotRead("must be the key of a journal");
    }

    private void Tell(string lie)
    {
        var (piece, received, lot) = (made.Paid.Pieces[0], made.Received.Lots[0], made.Issued.Lots[0]);
        switch (lie)
        {
            case "pays more than its pieces": made.Paid.AmountPence = 26_00; break;
            case "pays more than the lot has": made.Paid.AmountPence = piece.AmountPence = 70_00; break;
            case "pays less than nothing": made.Paid.AmountPence = piece.AmountPence = -1_00; break;
            case "pays from another's lot": piece.Lot = Lot(Root, 2); break;
            case "pays from a lot that is not there": piece.Lot.Ordinal = 1; break;
            case "receives more than was sent": received.AmountPence = 61_00; break;
            case "receives another lot": received.Parent = Lot(Root, 2, 1); break;
            case "receives other words": made.Received.Delivery.LeafHashes.Add(ByteString.CopyFrom(new byte[32])); break;
            case "is sent to another": made.Sent.To.Body = "another"; break;
            case "receives from another source": made.Sent.Pieces[0].Origin.Fund = received.Origin.Fund = "root.other"; break;
            case "sends more than was issued": made.Sent.Pieces[0].AmountPence = received.AmountPence = 160_00; break;
            case "issues from another source": made.Issued.Source.Reference = "other"; break;
            case "has a lot of its own making": received.Parent = null; break;
            case "has a lot that comes from itself": lot.Parent = Lot(Root, 2); break;
            case "names another payment": made.Payment = "council.1.1"; break;
            default: throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"There is no such lie: {lie}"));
        }
    }

    private async Task<Run> VerifyAsync(IReadOnlyList<(string Entry, string Proof)> entries, string[] keys)
    {
        File.WriteAllText(folder["trace"], made.Json(entries));
        return await Run.VerifyAsync(["trace", folder["trace"], .. keys.SelectMany(key => new[] { "--key", key })]);
    }
}
