"""How the web page looks."""

STYLE = """
:root{--ink:#1b2a3a;--soft:#66727e;--line:#e3e7ea;--blue:#0b7fab}
*{box-sizing:border-box}
body{margin:0;font:14px/1.45 system-ui,"Segoe UI",Roboto,sans-serif;color:var(--ink);
background:#f3f5f7}
header{display:flex;gap:1.5rem;align-items:baseline;padding:.8rem 2rem;
background:var(--ink);color:#fff}
header b{font-size:1.05rem}header span{color:#b9c4ce;flex:1}
header a{color:#fff}
main{max-width:84rem;margin:0 auto;padding:1.2rem 2rem 3rem}
h1{font-size:1.35rem;margin:.6rem 0 0}
h2{font-size:.95rem;margin:0 0 .6rem}h2 small{color:var(--soft);font-weight:400}
.facts{color:var(--soft);margin:.1rem 0 1rem}
.block{background:#fff;border:1px solid var(--line);border-radius:8px;
padding:1rem 1.2rem;margin-bottom:1.2rem;overflow-x:auto}
.columns{display:grid;grid-template-columns:1fr 1fr;gap:0 1.2rem;align-items:start}
code{overflow-wrap:anywhere}td:first-child,td.strong,.tag{white-space:nowrap}
summary>span:first-child::before{content:"▸ ";color:var(--soft)}
details[open] summary>span:first-child::before{content:"▾ "}
.empty{color:var(--soft);margin:0}
table{border-collapse:collapse;width:100%}
th{text-align:left;font-weight:500;color:var(--soft);font-size:.8rem}
th,td{padding:.32rem .6rem .32rem 0;border-bottom:1px solid var(--line);
vertical-align:top}
tr:last-child td{border-bottom:0}
.amount{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.strong{font-weight:600}
.row{display:grid;gap:.6rem;padding:.38rem 0;border-bottom:1px solid var(--line);
grid-template-columns:11rem 4rem 1fr 6.5rem 6.5rem 6.5rem 9rem 6rem}
.row.head{color:var(--soft);font-size:.8rem;font-weight:500}
.row>span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
summary{cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary:hover{background:#f6fafc}
details[open] summary{background:#eef6fa}
details:last-child summary{border-bottom:0}
.lines{background:#fafcfd;margin:.2rem 0 .8rem;font-size:.92em}
.lines th:first-child,.lines td:first-child{padding-left:1rem}
.lines .amount:last-child{padding-right:0}
.lines small{color:var(--blue)}
.sum td{color:var(--soft);text-align:right}.sum:last-child td{color:var(--ink);
font-weight:600}
.tag{border-radius:9px;padding:.05rem .55rem;font-size:.8rem;background:#eceff1;
color:#56616d}
.tag.good{background:#e1f3e6;color:#1d6b37}.tag.open{background:#e0f0f8;color:#0b5c7e}
.tag.bad{background:#fbe4e4;color:#9b2226}
code{font:.88em ui-monospace,Menlo,Consolas,monospace}
@media(max-width:60rem){.columns{grid-template-columns:1fr}}
"""
