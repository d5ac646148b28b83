namespace DiffKeeper.Web;

/// <summary>Tells the browser that the page needs nothing but its own files: what a container is called can't become anything more.</summary>
internal sealed class PagePolicy(RequestDelegate next)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return next(context);
    }
}
