using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Verifier.Tests;

/// <summary>A journal that is made here, to be saved in the layout in which journals are served.</summary>
public sealed class MadeJournal
{
    public const string Federation = "test-federation";
    private readonly List<byte[]> entries = [];

    public MadeJournal(string body, string? registrar = null, Tier? tier = null)
    {
        Body = body;
        Tier = tier ?? (registrar is null ? Tier.CentralGovernment : Tier.Council);
        Add(new Fact
        {
            Genesis = new Genesis
            {
                FormatVersion = Sequencer.FormatVersion,
                Federation = Federation,
                Body = body,
                Epoch = 1,
                Origin = Origin,
                PublicKey = ByteString.CopyFrom(Signer.PublicKey),
                RegisteringBody = registrar ?? body,
                Tier = Tier,
                OfficialName = $"{body} (invented)",
            },
        });
    }

    public string Body { get; }

    public Tier Tier { get; }

    public string Origin => $"{Federation}/{Body}/{Epoch}";

    public uint Epoch { get; private set; } = 1;

    /// <summary>Signs the checkpoint.</summary>
    public BodyKey Signer { get; set; } = BodyKey.Generate();

    public VerifierKey Key => VerifierKey.Of(Origin, Signer.PublicKey);

    public IList<byte[]> Entries => entries;

    public static MadeJournal Of(int size, string body = "made")
    {
        var journal = new MadeJournal(body);
        while (journal.entries.Count < size)
            journal.Registers(new Registered($"body-{journal.entries.Count}", new byte[32]));
        return journal;
    }

    public void Registers(MadeJournal other) => Registers(new Registered(other.Body, other.Signer.PublicKey, other.Tier));

    public void Registers(Registered other) => Add(new Fact
    {
        BodyRegistered = new BodyRegistered
        {
            Body = other.Body,
            OfficialName = $"{other.Body} (invented)",
            Tier = other.Tier,
            Epoch = 1,
            Origin = $"{Federation}/{other.Body}/1",
            PublicKey = ByteString.CopyFrom(other.Key),
        },
    });

    /// <summary>Takes a new key, with which it signs from then on.</summary>
    public void AdoptsKey()
    {
        Signer = BodyKey.Generate();
        Add(new Fact { KeyAdopted = new KeyAdopted { PublicKey = ByteString.CopyFrom(Signer.PublicKey) } });
    }

    /// <summary>Begins a new epoch behind all that there is so far.</summary>
    public void BeginsEpoch()
    {
        var kept = Root;
        Epoch++;
        Add(new Fact { EpochBegun = new EpochBegun { Epoch = Epoch, Origin = Origin, KeptRoot = ByteString.CopyFrom(kept) } });
    }

    /// <summary>Declares that another begins its next epoch behind all that it has so far.</summary>
    public void DeclaresEpoch(MadeJournal other) => Add(new Fact
    {
        EpochDeclared = new EpochDeclared { Body = other.Body, Epoch = other.Epoch + 1, KeptEpoch = other.Epoch, KeptSize = (ulong)other.entries.Count, KeptRoot = ByteString.CopyFrom(other.Root) },
    });

    /// <summary>Records the newest key of another.</summary>
    public void Records(MadeJournal other) => Add(new Fact
    {
        KeyRotated = new KeyRotated { Body = other.Body, Epoch = 1, PublicKey = ByteString.CopyFrom(other.Signer.PublicKey), FromIndex = (ulong)other.entries.Count - 1 },
    });

    public void Add(Fact? fact, uint part = 0, uint parts = 0, int? index = null) => entries.Add(
        new Entry { Index = (ulong)(index ?? entries.Count), RecordedAt = new Timestamp { Seconds = 1_790_000_000 + entries.Count }, Part = part, Parts = parts, Fact = fact }.ToByteArray());

    /// <summary>A proof of every entry, all in the same checkpoint.</summary>
    public List<(string Entry, string Proof)> Proofs()
    {
        var tree = Tree;
        var note = new Checkpoint(Origin, tree.Size, tree.Root(tree.Size)).Sign(Key, Signer);
        var begun = entries.FindLastIndex(entry => Entry.Parser.ParseFrom(entry).Fact.KindCase == Fact.KindOneofCase.EpochBegun);
        return [.. entries.Select((entry, index) => ($"{Body}.{(index < begun ? 1 : Epoch)}.{index}", new TlogProof(entry, index, tree.Inclusion(index, tree.Size), note).ToString()))];
    }

    /// <summary>Writes checkpoint and tiles, and answers with the folder.</summary>
    public string SaveTo(string folder)
    {
        var tree = Tree;
        Write(folder, "checkpoint", System.Text.Encoding.UTF8.GetBytes(new Checkpoint(Origin, tree.Size, tree.Root(tree.Size)).Sign(Key, Signer)));
        for (var tile = 0; TilePath.Of(null, tile, tree.Size) is { } path; tile++)
            Write(folder, path.ToString(), EntryBundle.Of(entries.GetRange(tile * TilePath.FullWidth, path.Width)));
        for (var level = 0; tree.Size >> (TilePath.Height * level) > 0; level++)
            for (var tile = 0; TilePath.Of(level, tile, tree.Size) is { } path; tile++)
                Write(folder, path.ToString(), [.. Enumerable.Range(tile * TilePath.FullWidth, path.Width).SelectMany(place => tree.Subtree(level * TilePath.Height, place).ToArray())]);
        return folder;
    }

    private byte[] Root => Tree.Root(entries.Count);

    private MerkleTree Tree
    {
        get
        {
            var tree = new MerkleTree();
            foreach (var entry in entries)
                tree.AppendEntry(entry);
            return tree;
        }
    }

    private static void Write(string folder, string path, byte[] bytes)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }
}

/// <summary>A body and its key, to be registered.</summary>
public sealed record Registered(string Body, byte[] Key, Tier Tier = Tier.Council);
