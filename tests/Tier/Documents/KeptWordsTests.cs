using System.Security.Cryptography;
using System.Text;
using FundingFlows.Contracts.Documents.V1;
using FundingFlows.Contracts.Payments.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Words go to the document store, for officers alone; the journal holds a digest that only salt and words together explain.</summary>
public sealed class KeptWordsTests(Town town) : IClassFixture<Town>
{
    [Theory]
    [InlineData(Role.Preparer, true)]
    [InlineData(Role.Approver, true)]
    [InlineData(Role.ChiefFinanceOfficer, true)]
    [InlineData(Role.Treasurer, true)]
    [InlineData(Role.Chair, true)]
    [InlineData(Role.Auditor, true)]
    [InlineData(Role.Resident, false)]
    public async Task NameAndNarrative_AreReadByOfficersOfTheBodyAlone(Role role, bool reads)
    {
        foreach (var (document, words) in new[] { (town.Payment.PayeeNameDocument, Town.PayeeName), (town.Payment.NarrativeDocument, Town.Narrative) })
        {
            if (reads)
                Assert.Equal(words, (await ReadAsync(Easington, document, town.As(Easington, role))).Words);
            else
                Assert.Equal(StatusCode.PermissionDenied, (await Failure.OfAsync(() => ReadAsync(Easington, document, town.As(Easington, role)))).Code);
            Assert.Equal(StatusCode.PermissionDenied, (await Failure.OfAsync(() => ReadAsync(Easington, document, town.As(Horden, role)))).Code);
            // Another body of the same instance keeps no such document, whoever asks there.
            Assert.Equal(reads ? StatusCode.NotFound : StatusCode.PermissionDenied, (await Failure.OfAsync(() => ReadAsync(Horden, document, town.As(Horden, role)))).Code);
        }
    }

    [Fact]
    public async Task Purpose_OfAFund_IsReadByAnyone()
    {
        var purpose = await ReadAsync(Central, town.PurposeDocument, null);
        Assert.Equal((DocumentKind.FundPurpose, "A fund for tests."), (purpose.Kind, purpose.Words));
        Assert.Equal(town.PurposeDocument, DigestOf(purpose));
    }

    [Theory]
    [InlineData("Plain words.")]
    [InlineData("Zwölf Boxkämpfer\r\n\tjagen Viktor über den großen Sylter Deich 😀")]
    [InlineData("\u0001 a control character, \u2028 a separator, and \"quotes\"")]
    [InlineData(" ")]
    public async Task Digest_InTheEntry_IsOfSaltAndWords(string words)
    {
        var request = town.PaymentRequest(1_00, new PayeeDetails { Person = new PersonPayee { Handle = Town.PersonHandle, Name = words } }, words);
        request.Evidence = words;
        var paid = await PayAsync(request);
        var made = (await town.EntryAsync(paid.Recorded.Entry)).Fact.PaymentMade;

        foreach (var (digest, id, kind) in new[]
        {
            (made.PayeeName, paid.Payment.PayeeNameDocument, DocumentKind.PayeeName),
            (made.Narrative, paid.Payment.NarrativeDocument, DocumentKind.PaymentNarrative),
            (made.Evidence, paid.Payment.EvidenceDocument, DocumentKind.PaymentEvidence),
        })
        {
            var document = await ReadAsync(Easington, id, town.As(Easington, Role.Auditor));
            Assert.Equal((words, kind, id, 32), (document.Words, document.Kind, document.Id, document.Salt.Length));
            Assert.Equal(id, DigestOf(document));
            Assert.Equal(id, Convert.ToHexStringLower(digest.Sha256.Span));
            Assert.Null(document.ErasedAt);
        }
        Assert.Equal(3, new[] { made.PayeeName, made.Narrative, made.Evidence }.Distinct().Count());
    }

    [Fact]
    public async Task Words_WithACharacterThatNoStoreKeeps_AreAtFault()
    {
        var failure = await Failure.OfAsync(() => PayAsync(town.PaymentRequest(1_00, narrative: "one\0two")));
        Assert.Equal((StatusCode.InvalidArgument, "narrative"), (failure.Code, Assert.Single(failure.Fields)));
    }

    [Fact]
    public async Task Words_OfTheSameCommandSentAgain_AreKeptOnceAndOthersRefused()
    {
        var request = town.PaymentRequest(1_00, narrative: "The first words.");
        var paid = await PayAsync(request);
        Assert.Equal(paid.Recorded, (await PayAsync(request)).Recorded);

        foreach (var other in new[] { "Other words.", "" })
            Assert.Equal("COMMAND_ID_REUSED", (await Failure.OfAsync(() => PayAsync(new MakePaymentRequest(request) { Narrative = other }))).Reason);

        Assert.Equal("The first words.", (await ReadAsync(Easington, paid.Payment.NarrativeDocument, town.As(Easington, Role.Auditor))).Words);
        Assert.Equal(["The first words.", Officers.Evidence], Stored.WordsOf(town, request.CommandId));
    }

    [Fact]
    public async Task Words_AddedToACommandThatHadNone_AreRefusedAndNotKept()
    {
        var request = town.PaymentRequest(1_00);
        await PayAsync(request);
        const string Late = "Words that come too late, about Xanthippe Oglethorpe";

        Assert.Equal("COMMAND_ID_REUSED", (await Failure.OfAsync(() => PayAsync(new MakePaymentRequest(request) { Narrative = Late }))).Reason);

        Assert.Equal([Officers.Evidence], Stored.WordsOf(town, request.CommandId));
        Assert.Empty(Stored.FilesWith(town, "Xanthippe"));
    }

    [Fact]
    public async Task Words_OfARefusedPayment_AreKeptNowhere()
    {
        var request = town.PaymentRequest(
            1_000_000_00, new PayeeDetails { Person = new PersonPayee { Handle = Town.PersonHandle, Name = "Ptolemy Ravensbourne" } }, "For Ptolemy");
        Assert.Equal("MAKE_PAYMENT_NOT_ENOUGH_MONEY", (await Failure.OfAsync(() => PayAsync(request))).Reason);

        Assert.Empty(Stored.WordsOf(town, request.CommandId));
        Assert.Empty(Stored.FilesWith(town, "Ptolemy"));
    }

    [Fact]
    public async Task Words_OfARefundThatIsRefused_AreKeptNowhere()
    {
        var request = new RefundPaymentRequest { Body = Easington, CommandId = Officers.NewId(), Payment = town.Payment.Id, AmountPence = 1_000_000_00, Narrative = "For Hephzibah" };
        var headers = town.As(Easington, Role.Preparer);
        await Failure.OfAsync(async () => await new PaymentService.PaymentServiceClient(town.Federation.ToBody(Easington)).RefundPaymentAsync(request, headers));
        Assert.Empty(Stored.FilesWith(town, "Hephzibah"));
    }

    [Fact]
    public async Task Document_ThatIsNotThere_IsMissing()
    {
        var failure = await Failure.OfAsync(() => ReadAsync(Easington, new string('0', 64), town.As(Easington, Role.Auditor)));
        Assert.Equal((StatusCode.NotFound, "NOT_HERE"), (failure.Code, failure.Reason));
    }

    private static string DigestOf(Document document) =>
        Convert.ToHexStringLower(SHA256.HashData([.. document.Salt.ToByteArray(), .. Encoding.UTF8.GetBytes(document.Words)]));

    private async Task<MakePaymentResponse> PayAsync(MakePaymentRequest request) =>
        await new PaymentService.PaymentServiceClient(town.Federation.ToBody(Easington)).MakePaymentAsync(request, town.As(Easington, Role.Preparer));

    private async Task<Document> ReadAsync(string body, string document, Metadata? headers) =>
        (await new DocumentService.DocumentServiceClient(town.Federation.ToBody(body)).GetDocumentAsync(new GetDocumentRequest { Body = body, Document = document }, headers)).Document;
}
